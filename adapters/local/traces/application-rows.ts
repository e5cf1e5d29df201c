import { RESOURCES, type Resource } from '#core/domain/footprint.ts';

const FIRST_CAPACITY = 16;

/**
 * Rows of one application in file order, in typed arrays that double when full. A resource takes no
 * memory before its first measurement. NaN means "not measured".
 */
export class ApplicationRows {
  /** The file of the first row, for messages. */
  readonly file: string;
  applicationType: string | null = null;
  /** True if any row says of itself that it was simulated. */
  isSimulated = false;
  count = 0;
  private times = new Float64Array(FIRST_CAPACITY);
  private readonly values = new Map<Resource, Float64Array<ArrayBuffer>>();

  constructor(file: string) {
    this.file = file;
  }

  /** @param amounts in the order of RESOURCES. */
  add(seconds: number, amounts: ArrayLike<number>): void {
    if (this.count === this.times.length) this.grow();
    this.times[this.count] = seconds;
    for (let r = 0; r < RESOURCES.length; r++) {
      const amount = amounts[r]!;
      const column = this.values.get(RESOURCES[r]!);
      if (column) column[this.count] = amount;
      else if (!Number.isNaN(amount)) this.begin(RESOURCES[r]!, amount);
    }
    this.count++;
  }

  /** Unix seconds of every row. */
  timesInFileOrder(): Float64Array {
    return this.times.subarray(0, this.count);
  }

  /** Null if nothing was measured. */
  valuesInFileOrder(resource: Resource): Float64Array | null {
    return this.values.get(resource)?.subarray(0, this.count) ?? null;
  }

  private begin(resource: Resource, amount: number): void {
    const column = new Float64Array(this.times.length).fill(NaN);
    column[this.count] = amount;
    this.values.set(resource, column);
  }

  private grow(): void {
    this.times = doubled(this.times);
    for (const [resource, column] of this.values) this.values.set(resource, doubled(column));
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2).fill(NaN, column.length);
  larger.set(column);
  return larger;
}
