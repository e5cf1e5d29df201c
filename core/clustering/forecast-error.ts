import type { HalfDays } from './shape/half-days.ts';

/**
 * Least part of the error that a move, a fresh partition or a partition at all has to save. Below
 * it the clusters forecast the members' days about as well, and nothing moves.
 */
const LEAST_GAIN = 0.1;

/** Whether an error is lower by so much that it is worth a move; never where one is unknown. */
export const isWorthMoving = (error: number, before: number): boolean =>
  error < (1 - LEAST_GAIN) * before;

/** Sums of the members' mean days, from which one member can be taken out. */
export interface GroupDays {
  readonly even: DaySums;
  readonly odd: DaySums;
}

interface DaySums {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

export function groupDays(members: readonly HalfDays[]): GroupDays {
  const summed = (half: keyof HalfDays): DaySums => {
    const sums = new Float64Array(members[0]?.[half].length ?? 0);
    const counts = new Float64Array(sums.length);
    for (const member of members) {
      for (let k = 0; k < sums.length; k++) {
        if (Number.isNaN(member[half][k])) continue;
        sums[k] += member[half][k];
        counts[k]++;
      }
    }
    return { sums, counts };
  };
  return { even: summed('even'), odd: summed('odd') };
}

/**
 * Mean absolute error of forecasting an application's mean day by that of a group's other members:
 * its even days by their odd ones and the other way round. In mean levels of the application.
 * @param isMember whether the application is one of the group.
 * @returns NaN where nobody else is in the group, or nothing was measured in common.
 */
export function errorByGroup(days: HalfDays, group: GroupDays, isMember: boolean): number {
  const of = (half: keyof HalfDays, other: keyof HalfDays): number => {
    const { sums, counts } = group[other];
    let [error, hours] = [0, 0];
    for (let k = 0; k < sums.length; k++) {
      const own = isMember && !Number.isNaN(days[other][k]);
      const count = counts[k] - (own ? 1 : 0);
      if (count <= 0 || Number.isNaN(days[half][k])) continue;
      error += Math.abs(days[half][k] - (sums[k] - (own ? days[other][k] : 0)) / count);
      hours++;
    }
    return error / hours;
  };
  return (of('even', 'odd') + of('odd', 'even')) / 2;
}

/** The same by its own other days: what a profile of its own would be worth. */
export const errorByItself = (days: HalfDays): number =>
  errorByGroup(days, groupDays([days]), false);

/**
 * Mean error of a partition over its items; one that nobody else is with goes by itself.
 * @param labels cluster of each item; −1 for an item that does not count.
 */
export function partitionError(days: readonly HalfDays[], labels: Int32Array): number {
  const groups = new Map<number, HalfDays[]>();
  labels.forEach((label, item) => {
    if (label < 0) return;
    const members = groups.get(label);
    if (members === undefined) groups.set(label, [days[item]]);
    else members.push(days[item]);
  });
  const sums = new Map([...groups].map(([label, members]) => [label, groupDays(members)]));
  let [total, known] = [0, 0];
  labels.forEach((label, item) => {
    if (label < 0) return;
    const alone = groups.get(label)!.length === 1;
    const error = alone
      ? errorByItself(days[item])
      : errorByGroup(days[item], sums.get(label)!, true);
    if (Number.isNaN(error)) return;
    total += error;
    known++;
  });
  return total / known;
}
