import { autopilotHorizontal } from './autopilot-horizontal.ts';
import { autopilotWindow } from './autopilot-window.ts';
import type { Baseline } from './baseline.ts';
import { craneDsp } from './crane-dsp.ts';
import { forecastPlanner } from './forecast-planner.ts';
import { hourOfWeek } from './hour-of-week.ts';
import { hybrid } from './hybrid.ts';
import { lastWeek } from './last-week.ts';
import { nSigma } from './n-sigma.ts';
import { oracle } from './oracle.ts';
import { percentileFloor } from './percentile-floor.ts';
import { predictiveScaling } from './predictive-scaling.ts';
import { staticPeak } from './static-peak.ts';
import { stepScaling } from './step-scaling.ts';
import {
  targetTracking,
  targetTrackingFiveMinutes,
  targetTrackingMinute,
  targetTrackingTwentySeconds,
} from './target-tracking.ts';
import { vpa } from './vpa.ts';

/**
 * The baselines that a replay runs beside Foreprint unless told otherwise, in the order of the
 * report. In the comments of the baselines, [doc], [src] and [paper] mark parameters from
 * documentation, source code and papers, and [a] marks assumptions of this project.
 */
export const DEFAULT_BASELINES: readonly Baseline[] = [
  targetTracking,
  targetTrackingMinute,
  targetTrackingFiveMinutes,
  stepScaling,
  predictiveScaling,
  vpa,
  autopilotWindow,
  autopilotHorizontal,
  craneDsp,
  nSigma,
  staticPeak,
  oracle,
];

/** Those that a replay runs only where they are named, since every further one takes time. */
export const MORE_BASELINES: readonly Baseline[] = [
  targetTrackingTwentySeconds,
  percentileFloor,
  lastWeek,
  hourOfWeek,
  forecastPlanner,
  hybrid,
];

export const ALL_BASELINES: readonly Baseline[] = [...DEFAULT_BASELINES, ...MORE_BASELINES];

/** @throws RangeError if there is no policy of this name. */
export function findBaseline(name: string): Baseline {
  const baseline = ALL_BASELINES.find((candidate) => candidate.name === name);
  if (!baseline) throw new RangeError(`there is no policy "${name}"`);
  return baseline;
}

/** The baselines of a replay without `--policies`, each at every setting of its knob. */
export const EVERY_BASELINE: readonly {
  readonly name: string;
  readonly knobs: readonly number[];
}[] = DEFAULT_BASELINES.map(({ name, sweep }) => ({ name, knobs: sweep }));
