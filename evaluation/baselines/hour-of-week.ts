import { wholeInstances, type Baseline } from './baseline.ts';
import { createSortedWindow, type SortedWindow } from './statistics/sorted-window.ts';

const HOUR = 3600;
const HOURS_OF_DAY = 24;
const HOURS_OF_WEEK = 168;
const WEEKS = 4;

/**
 * A schedule by the hour of the week, as scheduled scaling lets an owner write it: a quantile of
 * what the same hour needed in the last four weeks, or the same hour of the day as long as the hour
 * of the week was never seen [a]. Instances are asked for before the hour begins, so that they
 * serve in it, and nothing reacts to what happens. Knob: the quantile, 0.95 [a].
 */
export const hourOfWeek: Baseline = {
  name: 'hour-of-week',
  knobName: 'quantile',
  knob: 0.95,
  sweep: [0.5, 0.75, 0.9, 0.95, 0.99, 1],
  steer({ demand, stepSeconds, startSeconds, warmUpHorizon, objective, fromStep }, quantile) {
    const size = Math.max(1, Math.round((WEEKS * HOUR) / stepSeconds));
    const windows = new Map<number, SortedWindow>();
    const hourAt = (step: number) => Math.floor((startSeconds + step * stepSeconds) / HOUR);
    const slotsOf = (hour: number) =>
      [hour % HOURS_OF_WEEK, HOURS_OF_WEEK + (hour % HOURS_OF_DAY)] as const;
    const learn = (step: number) => {
      const need = demand[step] ?? NaN;
      if (Number.isNaN(need)) return;
      for (const slot of slotsOf(hourAt(step))) {
        const window = windows.get(slot) ?? createSortedWindow(size);
        windows.set(slot, window);
        window.push(need);
      }
    };
    const wantedIn = (hour: number): number | null => {
      const [ofWeek, ofDay] = slotsOf(hour);
      const need = (windows.get(ofWeek) ?? windows.get(ofDay))?.percentile(quantile) ?? null;
      return need === null ? null : wholeInstances(need / objective);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step);
    return (step) => {
      learn(step - 1);
      const now = wantedIn(hourAt(step));
      const next = wantedIn(hourAt(step + warmUpHorizon - 1));
      return now === null && next === null ? null : Math.max(now ?? 0, next ?? 0);
    };
  },
};
