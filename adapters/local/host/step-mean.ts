import { PEAK_RESOURCES, perResource, RESOURCES, type Footprint } from '#core/domain/footprint.ts';

/** Time-weighted mean of the usage in one step; the largest where peaks count. */
export class StepMean {
  readonly startSeconds: number;
  /** Seconds of the step that samples cover. */
  coveredSeconds = 0;
  private readonly sums = perResource(() => ({ amount: 0, seconds: 0, largest: 0 }));

  constructor(startSeconds: number) {
    this.startSeconds = startSeconds;
  }

  add(usage: Footprint, seconds: number): void {
    this.coveredSeconds += seconds;
    for (const resource of RESOURCES) {
      const value = usage[resource];
      if (value === null) continue;
      const sum = this.sums[resource];
      sum.amount += value * seconds;
      sum.seconds += seconds;
      sum.largest = Math.max(sum.largest, value);
    }
  }

  /** Null for a resource without any measurement. */
  footprint(): Footprint {
    return perResource((resource) => {
      const { amount, seconds, largest } = this.sums[resource];
      if (seconds <= 0) return null;
      return PEAK_RESOURCES.has(resource) ? largest : amount / seconds;
    });
  }
}
