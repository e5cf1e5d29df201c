import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detection/incidents/detector-state.ts';
import {
  openMetric as createMetric,
  type MonitoredMetric,
  type OpenMetric,
} from '#core/detection/metric/metric-memory.ts';
import { footprintAt } from '#core/domain/footprint-at.ts';
import { RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { openings, type RowRule } from './baseline-alarms.ts';

/** One message of a detector, or the moment at which the faulty resource joins an incident. */
export interface FaultAlarm {
  readonly row: number;
  /** It names the resource that the faults are in; another one's alarm finds nothing. */
  readonly isOnFaulty: boolean;
  /** A message, which counts as a false one where there is no fault. */
  readonly isMessage: boolean;
}

const FAULTY = 'cpu';
const settings = DEFAULT_SETTINGS.detection;

/** What Foreprint tells without a trained model: all incidents, and those that page. */
export function foreprintAlarms(window: FootprintWindow): {
  readonly all: readonly FaultAlarm[];
  readonly pages: readonly FaultAlarm[];
} {
  const [all, pages]: [FaultAlarm[], FaultAlarm[]] = [[], []];
  let state = INITIAL_DETECTOR_STATE;
  const openMetric = keepMetricsOpen();
  for (let row = 0; row < window.values[FAULTY].length; row++) {
    const timestampSeconds = window.startSeconds + row * window.stepSeconds;
    const actual = footprintAt(window, row);
    const point = { applicationId: 'app', timestampSeconds, actual, expected: {} };
    const step = detectFootprint(state, { ...point, openMetric }, settings);
    const had = state.open?.resources.includes(FAULTY) === true;
    state = step.state;
    const { open } = state;
    if (open === null || open.causes.includes('absence')) continue;
    const isOnFaulty = open.resources.includes(FAULTY);
    const isNew = step.opened.length > 0;
    const hasJoined = isOnFaulty && !had && !isNew;
    if (isNew || hasJoined) all.push({ row, isOnFaulty, isMessage: isNew });
    const isPaged = open.level === 'page' && (isNew || step.escalated.length > 0);
    if (isPaged || (hasJoined && open.level === 'page')) {
      pages.push({ row, isOnFaulty, isMessage: isPaged });
    }
  }
  return { all, pages };
}

/**
 * Metrics of one series that goes through without a stop: their names stand in the state instead of
 * their bytes, which would take longer to write and read in every row than the judging takes.
 */
function keepMetricsOpen(): OpenMetric {
  const kept = new Map<string, MonitoredMetric>();
  return (saved) => {
    const name = saved ?? `metric ${kept.size}`;
    const metric = kept.get(name) ?? createMetric(null);
    kept.set(name, metric);
    return { ...metric, save: () => name };
  };
}

/** Distances of a rule in standard deviations, resource by resource. */
export function baselineDistances(window: FootprintWindow, create: () => RowRule): Distances {
  return RESOURCES.map((resource) => {
    const rule = create();
    return window.values[resource].map((value, row) =>
      Number.isFinite(value) ? rule(window.startSeconds + row * window.stepSeconds, value) : 0,
    );
  });
}

export type Distances = readonly Float64Array[];

/** One alarm per metric, as such rules are deployed. */
export function baselineAlarms(distances: Distances, k: number): readonly FaultAlarm[] {
  return distances.flatMap((series, which) =>
    openings(series, k, settings).map((row) => ({
      row,
      isOnFaulty: RESOURCES[which] === FAULTY,
      isMessage: true,
    })),
  );
}
