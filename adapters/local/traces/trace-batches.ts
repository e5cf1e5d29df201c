import { perResource, RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import type { PlacedApplication } from './place-application.ts';
import type { TraceApplication } from './trace.ts';

/** Points per append: limits the memory of a batch and the number of transactions. */
const BATCH_POINTS = 200_000;
/** Applications per append: with few points each, the identifiers dominate the cost. */
const BATCH_APPLICATIONS = 2000;

export type MeasuredApplication = Pick<
  PlacedApplication,
  'applicationId' | 'applicationType' | 'stepSeconds' | 'steps' | 'values'
> &
  Partial<Pick<PlacedApplication, 'isSimulated'>>;

/**
 * The measured points of applications in batches for HistoryStore.append, in their order. An
 * application with very many points is split into several batches.
 */
export function* traceBatches(
  applications: readonly MeasuredApplication[],
): Generator<readonly ApplicationPoints[]> {
  let batch: ApplicationPoints[] = [];
  let points = 0;
  for (const entry of entries(applications)) {
    batch.push(entry);
    points += entry.points.length;
    if (points < BATCH_POINTS && batch.length < BATCH_APPLICATIONS) continue;
    yield batch;
    [batch, points] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** The steps of an application on a grid with at least one measured resource. */
export function applicationPoints(application: TraceApplication): ApplicationPoints {
  const { applicationId, applicationType } = application;
  const measured = measuredApplication(application);
  return { applicationId, applicationType, points: pointsOf(measured, 0, measured.steps.length) };
}

/** Converts an application on a grid to its measured points. */
export function measuredApplication({
  applicationId,
  applicationType,
  window: { startSeconds, stepSeconds, values },
}: TraceApplication): MeasuredApplication {
  const steps = Float64Array.from(values.cpu, (_, k) => startSeconds / stepSeconds + k);
  const columns = new Map(RESOURCES.map((resource) => [resource, values[resource]]));
  return { applicationId, applicationType, stepSeconds, steps, values: columns };
}

function* entries(applications: readonly MeasuredApplication[]): Generator<ApplicationPoints> {
  for (const application of applications) {
    const { applicationId, applicationType, steps, isSimulated = false } = application;
    for (let from = 0; from === 0 || from < steps.length; from += BATCH_POINTS) {
      const points = pointsOf(application, from, Math.min(steps.length, from + BATCH_POINTS));
      yield { applicationId, applicationType, points, ...(isSimulated && { isSimulated }) };
    }
  }
}

/** The steps `from` to `end` (exclusive) with at least one measured resource. */
function pointsOf(
  { stepSeconds, steps, values }: MeasuredApplication,
  from: number,
  end: number,
): readonly FootprintPoint[] {
  const points: FootprintPoint[] = [];
  const columns = [...values.values()];
  for (let k = from; k < end; k++) {
    if (columns.every((column) => Number.isNaN(column[k]!))) continue;
    points.push({
      timestampSeconds: steps[k]! * stepSeconds,
      footprint: perResource((resource) => orNull(values.get(resource)?.[k] ?? NaN)),
    });
  }
  return points;
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
