import type { Resource } from '#core/domain/footprint.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { Direction, Incident, IncidentLevel } from '#core/domain/incident.ts';
import type { DetectionSettings } from '#core/domain/settings/settings.ts';
import { isBadForecast } from './bad-forecast.ts';
import type { CalendarState } from './calendar.ts';
import type {
  DetectorPoint,
  DetectorState,
  Evidence,
  ResourceDetectorState,
} from './detector-state.ts';

/** Before so many measurements a metric's own past says too little: the calibrated interval alone decides. */
const EARLY_ROWS = 600;
/** How long after a strange step a deviation may count as strange. */
const EVIDENCE_SECONDS = 2 * 3600;
/** Outside for so many measurements in a row is strange by itself, however gently it began. */
const PERSISTENT_STEPS = 12;
/** The simple forecasters' band is narrower and follows: there it takes half a day. */
const PERSISTENT_STEPS_WITHOUT_MODEL = 144;
/** How much worse than an ended incident the same deviation must get to be reported again before it was quiet. */
const WORSE_FACTOR = 2;

/** A resource whose deviation would open an incident. */
export interface Candidate {
  readonly resource: Resource;
  readonly direction: Direction;
  readonly startSeconds: number;
  readonly peak: DetectorPoint;
  /** A step of the last two hours was strange enough to wake somebody up. */
  readonly isPage: boolean;
}

/**
 * Resources that lie outside what was expected on one side in `m` of the last `n` measurements, where a step of the last
 * two hours was strange by the metric's own past, or that have been outside for an hour; the first to leave comes first.
 */
export function candidates(
  { resources, lastSeconds, muted }: DetectorState,
  settings: DetectionSettings,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const resource of RESOURCES) {
    const known = resources[resource];
    const last = known?.recent.at(-1);
    if (known === undefined || last?.atSeconds !== lastSeconds || !last.direction) continue;
    const { direction } = last;
    const outside = known.recent.filter((point) => point.direction === direction);
    if (outside.length < settings.m || !isStrange(known, last.atSeconds)) continue;
    const peak = outside.reduce((worst, point) =>
      point.severity > worst.severity ? point : worst,
    );
    const isKnown = muted?.resource === resource && muted.direction === direction;
    if (isKnown && peak.severity < WORSE_FACTOR * muted.severity) continue;
    const isPage = known.evidence?.level === 'page' && isFresh(known.evidence, last.atSeconds);
    found.push({ resource, direction, startSeconds: outside[0]!.atSeconds, peak, isPage });
  }
  return found.sort((a, b) => a.startSeconds - b.startSeconds || b.peak.severity - a.peak.severity);
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

/** The incident that the candidates open together, the first of them leading. */
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

/** What an incident keeps of its worst point. */
export function peakOf(
  point: DetectorPoint,
): Pick<Incident, 'severity' | 'peakActual' | 'expected' | 'lower' | 'upper'> {
  const { severity, actual, expected, lower, upper } = point;
  return { severity, peakActual: actual, expected, lower, upper };
}
