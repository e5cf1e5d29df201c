import type { MeasuredColumns } from '#adapters/time-grid/slot-means.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';

const FIRST_CAPACITY = 64;

/**
 * Points of one application in typed arrays that double when full, so that appending takes
 * amortized constant time. A resource gets a column with its first measurement.
 */
export class PointTable implements MeasuredColumns {
  times = new Float64Array(FIRST_CAPACITY);
  values: Partial<Record<Resource, Float64Array>> = {};
  count = 0;

  /** Inserts the point at its position in time, or replaces the values that it measured. */
  put({ timestampSeconds, footprint }: FootprintPoint): void {
    const at = this.indexOf(timestampSeconds);
    const isNew = at === this.count || this.times[at] !== timestampSeconds;
    if (isNew) this.insert(at, timestampSeconds);
    for (const resource of RESOURCES) {
      const value = footprint[resource];
      if (value !== null) this.column(resource)[at] = value;
      else if (isNew && this.values[resource]) this.values[resource][at] = NaN;
    }
  }

  /** Index of the first point at or after a time. */
  indexOf(seconds: number): number {
    if (this.count === 0 || this.times[this.count - 1]! < seconds) return this.count;
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private column(resource: Resource): Float64Array {
    return (this.values[resource] ??= new Float64Array(this.times.length).fill(NaN));
  }

  private insert(at: number, seconds: number): void {
    if (this.count === this.times.length) this.grow();
    for (const column of [this.times, ...Object.values(this.values)]) {
      column.copyWithin(at + 1, at, this.count);
    }
    this.times[at] = seconds;
    this.count++;
  }

  private grow(): void {
    const doubled = (column: Float64Array) => {
      const larger = new Float64Array(column.length * 2);
      larger.set(column);
      return larger;
    };
    this.times = doubled(this.times);
    for (const resource of RESOURCES) {
      const column = this.values[resource];
      if (column) this.values[resource] = doubled(column);
    }
  }
}
