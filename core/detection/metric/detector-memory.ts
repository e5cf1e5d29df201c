/**
 * All numbers that one detector remembers, in one block of bytes. The detector's parts take their
 * numbers from the block in a fixed order. Saving is therefore a copy, and a detector restored from
 * the copy gives the same results bit by bit.
 */
export interface DetectorMemory {
  /** The next `count` numbers of double precision. */
  doubles(count: number): Float64Array;
  /** The next `count` numbers of single precision. */
  floats(count: number): Float32Array;
  /** The next `count` whole numbers from 0 to 255. */
  counts(count: number): Uint8Array;
  /** Place of the next number; see `restore`. */
  place(): number;
  /** A copy of all bytes. */
  bytes(): Uint8Array;
  /** Sets the numbers taken from a place on to what they were in a copy of the bytes. */
  restore(bytes: Uint8Array, fromPlace: number): void;
}

/**
 * A memory of the very bytes that it is given: zeros for a new one, a copy of another's to go on as
 * that.
 * @param block begins at a multiple of eight bytes of its buffer.
 * @throws RangeError, when a part takes its numbers, if the parts need more than the block has.
 */
export function createDetectorMemory(block: Uint8Array): DetectorMemory {
  const { buffer, byteOffset, length } = block;
  let offset = 0;
  const take = (bytes: number): number => {
    const start = offset;
    // Doubles must begin at a multiple of eight bytes.
    offset += Math.ceil(bytes / 8) * 8;
    if (offset > length) {
      throw new RangeError(`a detector's parts take ${offset} bytes, its memory has ${length}`);
    }
    return byteOffset + start;
  };
  return {
    doubles: (count) => new Float64Array(buffer, take(8 * count), count),
    floats: (count) => new Float32Array(buffer, take(4 * count), count),
    counts: (count) => new Uint8Array(buffer, take(count), count),
    place: () => offset,
    bytes: () => block.slice(),
    restore: (bytes, fromPlace) => block.set(bytes.subarray(fromPlace), fromPlace),
  };
}
