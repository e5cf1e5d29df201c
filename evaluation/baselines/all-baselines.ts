import { autopilotHorizontal } from './autopilot-horizontal.ts';
import { autopilotWindow } from './autopilot-window.ts';
import { craneDsp } from './crane-dsp.ts';
import { nSigma } from './n-sigma.ts';
import { oracle } from './oracle.ts';
import { predictiveScaling } from './predictive-scaling.ts';
import type { Baseline } from './baseline.ts';
import { staticPeak } from './static-peak.ts';
import { stepScaling } from './step-scaling.ts';
import {
  targetTracking,
  targetTrackingFiveMinutes,
  targetTrackingMinute,
} from './target-tracking.ts';
import { vpa } from './vpa.ts';

/** Every policy that a replay can run beside Foreprint, in the order in which they are shown. */
export const ALL_RIVALS: readonly Baseline[] = [
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

/** @throws RangeError naming a policy that there is not. */
export function findBaseline(name: string): Baseline {
  const found = ALL_RIVALS.find((baseline) => baseline.name === name);
  if (!found) throw new RangeError(`there is no policy "${name}"`);
  return found;
}

/** The policies that a replay runs where nobody says which: every one, at every setting of its knob. */
export const EVERY_RIVAL: readonly { readonly name: string; readonly knobs: readonly number[] }[] =
  ALL_RIVALS.map(({ name, sweep }) => ({ name, knobs: sweep }));
