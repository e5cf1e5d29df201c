import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { Clock } from '#core/domain/ports.ts';
import { sampleHost, usageBetween, type HostSample, type ReadProc } from './sample-host.ts';
import { StepMean } from './step-mean.ts';

export interface RecordOptions {
  readonly stepSeconds: number;
  readonly clock: Clock;
  /** Ends the recording; the current step is dropped. */
  readonly signal: AbortSignal;
  /** Resolves after `ms`, or earlier if the signal aborts; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly readProc: ReadProc;
}

/** Memory is read at an instant, so a step needs several samples. */
const SAMPLE_SECONDS = 15;
/** A step with less coverage is a gap: its mean would describe another time range. */
const MIN_COVERAGE = 0.5;
/** In steps. A mean over a longer interval does not describe a single step. */
const MAX_INTERVAL_STEPS = 1.5;

/**
 * Records this host passively. Yields one point per step, the mean usage in the step, soon after
 * the step ended. The first step is usually incomplete; it is yielded if at least half of it was
 * sampled.
 * @throws HostNotReadable if there is no /proc.
 * @throws RangeError if the step is not a positive whole number of seconds.
 */
export async function* recordHost(options: RecordOptions): AsyncGenerator<FootprintPoint> {
  const { stepSeconds, signal } = options;
  if (!(Number.isInteger(stepSeconds) && stepSeconds > 0)) {
    throw new RangeError(`the step must be a positive whole number of seconds, not ${stepSeconds}`);
  }
  const stepOf = (seconds: number) => Math.floor(seconds / stepSeconds) * stepSeconds;
  let before = await sampleHost(options.readProc, options.clock);
  let step = new StepMean(stepOf(before.atSeconds));
  while (!signal.aborted) {
    // Uses the clock instead of the last sample's time: the consumer may have taken time for the
    // point.
    const now = options.clock.nowSeconds();
    await options.sleep(untilNextSample(now, stepSeconds) * 1000, signal);
    if (signal.aborted) return;
    const after = await sampleHost(options.readProc, options.clock);
    addInterval(step, stepSeconds, [before, after]);
    if (stepOf(after.atSeconds) !== step.startSeconds) {
      if (step.coveredSeconds >= MIN_COVERAGE * stepSeconds) {
        yield { timestampSeconds: step.startSeconds, footprint: step.footprint() };
      }
      step = new StepMean(stepOf(after.atSeconds));
    }
    before = after;
  }
}

/** Samples are taken at multiples of the sampling interval within a step, and at its end. */
function untilNextSample(nowSeconds: number, stepSeconds: number): number {
  const elapsed = nowSeconds - Math.floor(nowSeconds / stepSeconds) * stepSeconds;
  const next = Math.min(stepSeconds, (Math.floor(elapsed / SAMPLE_SECONDS) + 1) * SAMPLE_SECONDS);
  return next - elapsed;
}

/**
 * Adds an interval to the step if the middle of the interval is inside the step. A sample is taken
 * soon after its planned time, but after a suspend or a clock change the interval belongs to no
 * step, which leaves a gap.
 */
function addInterval(
  step: StepMean,
  stepSeconds: number,
  [before, after]: readonly [HostSample, HostSample],
): void {
  const elapsed = after.uptimeSeconds - before.uptimeSeconds;
  const middle = (before.atSeconds + after.atSeconds) / 2;
  const isInside = middle >= step.startSeconds && middle < step.startSeconds + stepSeconds;
  if (elapsed > 0 && elapsed <= MAX_INTERVAL_STEPS * stepSeconds && isInside) {
    step.add(usageBetween(before, after), elapsed);
  }
}
