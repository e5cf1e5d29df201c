import { perResource, RESOURCES, type Footprint } from '#core/domain/footprint.ts';

/** Time-weighted mean of the usage in one step. */
export class StepMean {
  readonly startSeconds: number;
  /** Seconds of the step that samples cover. */
  coveredSeconds = 0;
  private readonly sums = perResource(() => ({ amount: 0, seconds: 0 }));

  constructor(startSeconds: number) {
    this.startSeconds = startSeconds;
  }

  add(usage: Footprint, seconds: number): void {
    this.coveredSeconds += seconds;
    for (const resource of RESOURCES) {
      const value = usage[resource];
      if (value === null) continue;
      this.sums[resource].amount += value * seconds;
      this.sums[resource].seconds += seconds;
    }
  }

  /** Null for a resource without any measurement. */
  footprint(): Footprint {
    return perResource((resource) => {
      const { amount, seconds } = this.sums[resource];
      return seconds > 0 ? amount / seconds : null;
    });
  }
}
