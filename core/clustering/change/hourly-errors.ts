const HOURS_PER_DAY = 24;

/** Sums of the members' hours, from which one member can be taken out. */
export interface GroupHours {
  readonly members: number;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** @param members each as `hoursOfDays` gives it, all of one length. */
export function groupHours(members: readonly Float64Array[]): GroupHours {
  const sums = new Float64Array(members[0]?.length ?? 0);
  const counts = new Float64Array(sums.length);
  for (const member of members) {
    for (let k = 0; k < sums.length; k++) {
      if (Number.isNaN(member[k])) continue;
      sums[k] += member[k];
      counts[k]++;
    }
  }
  return { members: members.length, sums, counts };
}

/**
 * Absolute error of each hour by the mean of a group's other members in the same hour, mean over
 * the resources. NaN for an hour in which the application or all others were not measured.
 * @param hours [resources × hours], in levels of its day.
 * @param isMember whether the application is one of the group.
 */
export function errorsByGroup(
  hours: Float64Array,
  { sums, counts }: GroupHours,
  { resources, isMember }: { readonly resources: number; readonly isMember: boolean },
): Float64Array {
  return meanErrors(hours, resources, (k) => {
    const own = isMember && !Number.isNaN(hours[k]) ? 1 : 0;
    return (sums[k] - (own ? hours[k] : 0)) / (counts[k] - own);
  });
}

/** The same by the mean of its own days before, at the same time of day. */
export function errorsByPast(hours: Float64Array, resources: number): Float64Array {
  return meanErrors(hours, resources, (k, hour) => {
    let [sum, count] = [0, 0];
    for (let back = HOURS_PER_DAY; back <= hour; back += HOURS_PER_DAY) {
      const value = hours[k - back];
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  });
}

/** The smaller error of each hour; NaN where one of them is unknown. */
export const smallerErrors = (one: Float64Array, other: Float64Array): Float64Array =>
  one.map((error, hour) => Math.min(error, other[hour]));

function meanErrors(
  hours: Float64Array,
  resources: number,
  expectedAt: (k: number, hour: number) => number,
): Float64Array {
  const perResource = hours.length / resources;
  const errors = new Float64Array(perResource);
  for (let hour = 0; hour < perResource; hour++) {
    let [sum, count] = [0, 0];
    for (let k = hour; k < hours.length; k += perResource) {
      const error = Math.abs(hours[k] - expectedAt(k, hour));
      if (Number.isNaN(error) || error === Infinity) continue;
      sum += error;
      count++;
    }
    errors[hour] = sum / count;
  }
  return errors;
}
