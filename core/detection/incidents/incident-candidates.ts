import type { Resource } from '#core/domain/footprint.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { Direction, Incident, IncidentLevel } from '#core/domain/incident.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import type { CalendarState } from './calendar.ts';
import type {
  DetectorPoint,
  DetectorState,
  Evidence,
  ResourceDetectorState,
} from './detector-state.ts';
import { isBadForecast } from './live-error.ts';

/**
 * Below this number of measurements the metric's own past is too short. The calibrated interval
 * alone decides then.
 */
const EARLY_ROWS = 600;
/** Time after a strange step in which a deviation counts as strange. */
const EVIDENCE_SECONDS = 2 * 3600;
/** A deviation of this many measurements in a row is strange, however slowly it began. */
const PERSISTENT_STEPS = 12;
/**
 * The same without a trained model, half a day: the simple forecast has a narrower band and follows
 * the values.
 */
const PERSISTENT_STEPS_WITHOUT_MODEL = 144;
/**
 * After an incident ended by its age, a deviation is reported again if its severity reaches this
 * multiple.
 */
const WORSE_FACTOR = 2;

/** A resource whose deviation would open an incident. */
export interface Candidate {
  readonly resource: Resource;
  readonly direction: Direction;
  readonly startSeconds: number;
  readonly peak: DetectorPoint;
  /** True if a step of the last two hours reached the threshold for pages. */
  readonly isPage: boolean;
}

/**
 * Resources that were outside the expected interval on one side in `m` of the last `n`
 * measurements, and whose deviation is strange (see `isStrange`). The resource that deviated first
 * comes first.
 */
export function candidates(
  { resources, lastSeconds, muted }: DetectorState,
  settings: DetectionSettings,
): readonly Candidate[] {
  const deviating: Candidate[] = [];
  for (const resource of RESOURCES) {
    const resourceState = resources[resource];
    const last = resourceState?.recent.at(-1);
    if (resourceState === undefined || last?.atSeconds !== lastSeconds || !last.direction) continue;
    const { direction } = last;
    const outside = resourceState.recent.filter((point) => point.direction === direction);
    if (outside.length < settings.m || !isStrange(resourceState, last.atSeconds)) continue;
    const peak = outside.reduce((worst, point) =>
      point.severity > worst.severity ? point : worst,
    );
    const isMuted = muted?.resource === resource && muted.direction === direction;
    if (isMuted && peak.severity < WORSE_FACTOR * muted.severity) continue;
    const isPage =
      resourceState.evidence?.level === 'page' && isFresh(resourceState.evidence, last.atSeconds);
    deviating.push({ resource, direction, startSeconds: outside[0]!.atSeconds, peak, isPage });
  }
  return deviating.sort(
    (a, b) => a.startSeconds - b.startSeconds || b.peak.severity - a.peak.severity,
  );
}

function isStrange(state: ResourceDetectorState, atSeconds: number): boolean {
  const { rows, evidence, outsideRun, modelled } = state;
  if (rows < EARLY_ROWS) return true;
  const persistent = modelled > 0 ? PERSISTENT_STEPS : PERSISTENT_STEPS_WITHOUT_MODEL;
  if (outsideRun >= persistent && !isBadForecast(state)) return true;
  return evidence !== null && isFresh(evidence, atSeconds);
}

const isFresh = (evidence: Evidence, atSeconds: number): boolean =>
  atSeconds - evidence.atSeconds <= EVIDENCE_SECONDS;

/** The incident that the candidates open together. The first candidate is its main resource. */
export function incidentOf(
  all: readonly Candidate[],
  { resources }: DetectorState,
  { applicationId, calendar }: { readonly applicationId: string; readonly calendar: CalendarState },
): Incident {
  const { resource, direction, startSeconds, peak } = all[0]!;
  const evidence = all.flatMap((one) => resources[one.resource]?.evidence ?? []);
  const strangest = evidence.find(({ level }) => level === 'page') ?? evidence[0];
  const level: IncidentLevel = calendar.isDeploying ? 'warn' : (strangest?.level ?? 'warn');
  return {
    applicationId,
    resource,
    resources: all.map((one) => one.resource),
    direction,
    level,
    causes: strangest?.causes ?? [],
    suspect: isBadForecast(resources[resource]) ? 'forecast' : 'application',
    afterDeploy: calendar.isDeploying,
    startSeconds,
    endSeconds: null,
    ...peakOf(peak),
  };
}

/** The part of a point that an incident stores of its worst point. */
export function peakOf(
  point: DetectorPoint,
): Pick<Incident, 'severity' | 'peakActual' | 'expected' | 'lower' | 'upper'> {
  const { severity, actual, expected, lower, upper } = point;
  return { severity, peakActual: actual, expected, lower, upper };
}
