import { perResource, RESOURCES, type Resource } from '#core/domain/footprint.ts';

const FIRST_CAPACITY = 256;

/**
 * Rows of one application in file order, in typed arrays that double when full. NaN means "not
 * measured".
 */
export class ApplicationRows {
  /** The file of the first row, for messages. */
  readonly file: string;
  applicationType: string | null = null;
  count = 0;
  private times = new Float64Array(FIRST_CAPACITY);
  private values: Record<Resource, Float64Array> = perResource(
    () => new Float64Array(FIRST_CAPACITY),
  );

  constructor(file: string) {
    this.file = file;
  }

  /** @param amounts in the order of RESOURCES. */
  add(seconds: number, amounts: ArrayLike<number>): void {
    if (this.count === this.times.length) this.grow();
    this.times[this.count] = seconds;
    for (let r = 0; r < RESOURCES.length; r++) {
      this.values[RESOURCES[r]!][this.count] = amounts[r]!;
    }
    this.count++;
  }

  /** Unix seconds of every row. */
  timesInFileOrder(): Float64Array {
    return this.times.subarray(0, this.count);
  }

  valuesInFileOrder(resource: Resource): Float64Array {
    return this.values[resource].subarray(0, this.count);
  }

  private grow(): void {
    this.times = doubled(this.times);
    this.values = perResource((resource) => doubled(this.values[resource]));
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
