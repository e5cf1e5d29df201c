import { findStep } from '#adapters/local/steps/find-step.ts';
import { rowSteps } from '#adapters/local/steps/row-steps.ts';
import { DEFAULT_STEP_SECONDS } from '#adapters/time-grid/infer-step-seconds.ts';
import type { SteppedRows } from './place-application.ts';
import type { TraceRows } from './trace-rows.ts';

/** Finds the step of every application, sorted by identifier. */
export function stepRows(rows: TraceRows): readonly SteppedRows[] {
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([applicationId, application]) => {
      const steps = rowSteps(application.timesInFileOrder());
      return {
        applicationId,
        rows: application,
        rowSteps: steps,
        own: findStep(steps.differences),
      };
    });
}

/** Applications with fewer differences only count if all have so few. */
const MIN_DIFFERENCES = 5;

/**
 * The step of most applications; the longer one on a tie, because the shorter can be averaged over
 * it. Five minutes if no application has two points.
 */
export function mostCommonStep(applications: readonly SteppedRows[]): number {
  const stepped = applications.filter(({ own }) => own.step !== null && own.fault === null);
  const telling = stepped.filter(
    ({ rowSteps: { differences } }) => differences.length >= MIN_DIFFERENCES,
  );
  const votes = new Map<number, number>();
  for (const { own } of telling.length > 0 ? telling : stepped) {
    const step = wholeStep(own.step!);
    votes.set(step, (votes.get(step) ?? 0) + 1);
  }
  const ranked = [...votes].sort(([a, m], [b, n]) => n - m || b - a);
  return ranked[0]?.[0] ?? DEFAULT_STEP_SECONDS;
}

/**
 * Footprints are stored with whole seconds, so a fractional step is averaged over a multiple of it.
 */
export function wholeStep(step: number): number {
  const whole = [1, 2, 3, 4, 5, 8, 10].map((k) => k * step).find(Number.isInteger);
  return whole ?? Math.max(1, Math.ceil(step));
}
