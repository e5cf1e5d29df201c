import { isMeasured } from '#core/domain/footprint-at.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import type { ReplayJob } from './replay-job.ts';
import { replayedFootprint } from './replay-scenario.ts';

/** Start of a step of the trace, Unix seconds. */
export function secondsOf({ window }: ReplayJob, step: number): number {
  return window.startSeconds + step * window.stepSeconds;
}

/** What was measured in steps [from, to) enters the history. */
export async function feedHistory(
  history: HistoryStore,
  job: ReplayJob,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const points: FootprintPoint[] = [];
  for (let step = from; step < to; step++) {
    const footprint = replayedFootprint(job, step);
    if (isMeasured(footprint)) points.push({ timestampSeconds: secondsOf(job, step), footprint });
  }
  const { applicationId, applicationType } = job;
  if (points.length > 0) await history.append([{ applicationId, applicationType, points }]);
}
