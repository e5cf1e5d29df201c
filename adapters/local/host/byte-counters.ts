/** Bytes moved since boot, in both directions together, by device. */
export type ByteCounters = ReadonlyMap<string, number>;

/**
 * Bytes moved between two readings by the devices of both; null if there is none, or if one ran backwards (a reset, a
 * wrap, a device that was replaced): then nobody knows how much was moved.
 */
export function bytesMoved(before: ByteCounters, after: ByteCounters): number | null {
  let moved: number | null = null;
  for (const [device, bytes] of after) {
    const earlier = before.get(device);
    if (earlier === undefined) continue;
    if (bytes < earlier) return null;
    moved = (moved ?? 0) + bytes - earlier;
  }
  return moved;
}
