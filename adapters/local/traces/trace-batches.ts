import { perResource, RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import type { Trace, TraceApplication } from './trace.ts';

/** Points per append: limits the memory of a batch and the number of transactions. */
const BATCH_POINTS = 200_000;

/**
 * The measured points of a trace in batches for HistoryStore.append. A batch contains whole
 * applications in the order of the trace.
 */
export function* traceBatches(trace: Trace): Generator<readonly ApplicationPoints[]> {
  let batch: ApplicationPoints[] = [];
  let points = 0;
  for (const application of trace.applications) {
    const entry = applicationPoints(application);
    batch.push(entry);
    points += entry.points.length;
    if (points < BATCH_POINTS) continue;
    yield batch;
    [batch, points] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** The steps of an application with at least one measured resource. */
export function applicationPoints({
  applicationId,
  applicationType,
  window,
}: TraceApplication): ApplicationPoints {
  const points: FootprintPoint[] = [];
  for (let k = 0; k < window.values.cpu.length; k++) {
    if (RESOURCES.every((resource) => Number.isNaN(window.values[resource][k]!))) continue;
    points.push({
      timestampSeconds: window.startSeconds + k * window.stepSeconds,
      footprint: perResource((resource) => orNull(window.values[resource][k]!)),
    });
  }
  return { applicationId, applicationType, points };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
