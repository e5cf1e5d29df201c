/** Bytes transferred since boot, both directions added, by device. */
export type ByteCounters = ReadonlyMap<string, number>;

/**
 * Bytes transferred between two readings by the devices in both. Null if there is no such device,
 * or if a counter decreased (reset, wrap-around, replaced device), because the amount is then
 * unknown.
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
