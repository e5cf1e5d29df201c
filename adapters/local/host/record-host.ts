import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { Clock } from '#core/domain/ports.ts';
import { sampleHost, usageBetween, type HostSample, type ReadProc } from './sample-host.ts';
import { StepMean } from './step-mean.ts';

export interface RecordOptions {
  readonly stepSeconds: number;
  readonly clock: Clock;
  /** Ends the recording; the step that is under way is dropped. */
  readonly signal: AbortSignal;
  /** Resolves after the time, or earlier when the signal aborts; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly readProc: ReadProc;
}

/** Memory is read at an instant, so a step is sampled several times. */
const SAMPLE_SECONDS = 15;
/** A step of which less was seen is a gap: its mean would be that of another stretch of time. */
const LEAST_SEEN = 0.5;
/** Steps; a mean over more than that says nothing about one of them. */
const LONGEST_INTERVAL = 1.5;

/**
 * Records this host passively: one point per step, the mean of what was used in it, given soon after the step ended. The
 * first step is mostly seen in part; it is given if at least half of it was.
 * @throws HostNotReadable where there is no /proc.
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
    // By the clock, not from the last sample: whoever took the point may have needed time.
    const now = options.clock.nowSeconds();
    await options.sleep(untilNextSample(now, stepSeconds) * 1000, signal);
    if (signal.aborted) return;
    const after = await sampleHost(options.readProc, options.clock);
    addInterval(step, stepSeconds, [before, after]);
    if (stepOf(after.atSeconds) !== step.startSeconds) {
      if (step.seenSeconds >= LEAST_SEEN * stepSeconds) {
        yield { timestampSeconds: step.startSeconds, footprint: step.footprint() };
      }
      step = new StepMean(stepOf(after.atSeconds));
    }
    before = after;
  }
}

/** Samples lie at multiples of the sampling interval within the step, and at its end. */
function untilNextSample(nowSeconds: number, stepSeconds: number): number {
  const into = nowSeconds - Math.floor(nowSeconds / stepSeconds) * stepSeconds;
  const next = Math.min(stepSeconds, (Math.floor(into / SAMPLE_SECONDS) + 1) * SAMPLE_SECONDS);
  return next - into;
}

/**
 * Counts an interval to the step in which its middle lies, which is this one or none: a sample is taken soon after the
 * moment it was meant for, but a host that slept, or a clock that was set, leaves a gap.
 */
function addInterval(
  step: StepMean,
  stepSeconds: number,
  [before, after]: readonly [HostSample, HostSample],
): void {
  const elapsed = after.uptimeSeconds - before.uptimeSeconds;
  const middle = (before.atSeconds + after.atSeconds) / 2;
  const isInside = middle >= step.startSeconds && middle < step.startSeconds + stepSeconds;
  if (elapsed > 0 && elapsed <= LONGEST_INTERVAL * stepSeconds && isInside) {
    step.add(usageBetween(before, after), elapsed);
  }
}
