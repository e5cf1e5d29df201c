import type { ExpectedInterval } from '#core/domain/allocation.ts';
import type { Footprint, Resource } from '#core/domain/footprint.ts';
import type { DetectorState, ResourceDetectorState } from './detector-state.ts';

/**
 * The newest measurement of a resource that was not measured in the step that is observed: its
 * metric comes later than others.
 */
export interface LateMeasurement {
  /** Start of the step that it is of. */
  readonly measuredSeconds: number;
  readonly actual: number;
  /** What was expected of that step; null where nothing was. */
  readonly expected: ExpectedInterval | null;
}

export type LateMeasurements = Readonly<Partial<Record<Resource, LateMeasurement>>>;

/** Whether a late measurement was not judged before. */
export function isNews(
  { measuredSeconds }: LateMeasurement,
  resource: ResourceDetectorState | undefined,
  lastSeconds: number | null,
): boolean {
  const judged = judgedTo(resource, lastSeconds);
  return resource === undefined || judged === null || measuredSeconds > judged;
}

/** Whether a resource lags behind no more than it used to: then it is late, and not missing. */
export function isUsualLag(
  { measuredSeconds }: LateMeasurement,
  { late }: ResourceDetectorState,
  atSeconds: number,
): boolean {
  return late !== undefined && atSeconds - measuredSeconds <= late.lagSeconds;
}

/** A resource whose late measurement was judged in a step. */
export function afterLate(
  judged: ResourceDetectorState,
  { measuredSeconds }: LateMeasurement,
  atSeconds: number,
): ResourceDetectorState {
  const lagSeconds = Math.max(judged.late?.lagSeconds ?? 0, atSeconds - measuredSeconds);
  return { ...judged, late: { measuredSeconds, lagSeconds } };
}

/**
 * A resource of which a step without a measurement was judged: a measurement of that step that
 * comes later is news.
 */
export function afterMissing(
  judged: ResourceDetectorState,
  before: ResourceDetectorState,
  lastSeconds: number | null,
): ResourceDetectorState {
  const measuredSeconds = judgedTo(before, lastSeconds);
  if (measuredSeconds === null) return judged;
  return { ...judged, late: { measuredSeconds, lagSeconds: before.late?.lagSeconds ?? 0 } };
}

/** A resource that was measured in the step itself. */
export function afterPunctual(judged: ResourceDetectorState): ResourceDetectorState {
  if (judged.late === undefined) return judged;
  const punctual = { ...judged };
  Reflect.deleteProperty(punctual, 'late');
  return punctual;
}

/** What is known of a step's use: of a resource that is usually late its newest measurement. */
export function knownUse(
  actual: Footprint,
  late: LateMeasurements,
  { resources, lastSeconds }: DetectorState,
): Footprint {
  const known = { ...actual };
  for (const [name, measurement] of Object.entries(late)) {
    const resource = name as Resource;
    const state = resources[resource];
    if (known[resource] !== null || state === undefined || lastSeconds === null) continue;
    if (isUsualLag(measurement, state, lastSeconds)) known[resource] = measurement.actual;
  }
  return known;
}

/** The newest step whose measurement was judged; a step is judged in all resources at once. */
function judgedTo(
  resource: ResourceDetectorState | undefined,
  lastSeconds: number | null,
): number | null {
  return resource?.late?.measuredSeconds ?? resource?.recent.at(-1)?.atSeconds ?? lastSeconds;
}
