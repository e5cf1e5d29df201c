import type { PointColumns } from '#adapters/time-grid/slot-means.ts';
import {
  perResource,
  RESOURCES,
  type FootprintPoint,
  type Resource,
} from '#core/domain/footprint.ts';
import { ItemFormatError } from './item-error.ts';
import { bytesOf, keyText, requireFormat } from './read-attribute.ts';
import { FORMAT, type Item } from './table-schema.ts';

/** A day without points. */
export const NO_POINTS: PointColumns = {
  times: new Float64Array(0),
  values: perResource(() => new Float64Array(0)),
};

/**
 * Overlays points on stored points, cell by cell. A null keeps the stored value.
 * @param points in the order of time, unique times.
 * @returns `stored` itself if no value changed.
 */
export function overlayPoints(
  stored: PointColumns,
  points: readonly FootprintPoint[],
): PointColumns {
  const times = unionOfTimes(stored.times, points);
  const at = new Map(Array.from(times, (time, index) => [time, index]));
  const values = perResource((resource) => {
    const column = new Float64Array(times.length).fill(NaN);
    stored.times.forEach((time, k) => (column[at.get(time)!] = stored.values[resource][k]!));
    for (const { timestampSeconds, footprint } of points) {
      const value = footprint[resource];
      if (value !== null) column[at.get(timestampSeconds)!] = value;
    }
    return column;
  });
  return isSame(stored, { times, values }) ? stored : { times, values };
}

function unionOfTimes(times: Float64Array, points: readonly FootprintPoint[]): Float64Array {
  const all = new Set([...times, ...points.map((point) => point.timestampSeconds)]);
  return Float64Array.from(all).sort();
}

function isSame(a: PointColumns, b: PointColumns): boolean {
  const same = (x: Float64Array, y: Float64Array) =>
    x.length === y.length && x.every((value, k) => Object.is(value, y[k]));
  return same(a.times, b.times) && RESOURCES.every((r) => same(a.values[r], b.values[r]));
}

/**
 * Points of one day as attributes with little-endian columns: `times` in seconds since `dayStart`
 * (4 bytes each) and one column of doubles per resource (NaN if not measured). A resource without
 * any measurement that day has no column.
 */
export function pointAttributes(columns: PointColumns, dayStart: number): Item {
  const item: Item = {
    format: { N: String(FORMAT) },
    times: {
      B: bytesIn(columns.times, 4, (view, at, time) => view.setUint32(at, time - dayStart, true)),
    },
  };
  for (const resource of RESOURCES) {
    const column = columns.values[resource];
    if (column.every(Number.isNaN)) continue;
    item[resource] = {
      B: bytesIn(column, 8, (view, at, value) => view.setFloat64(at, value, true)),
    };
  }
  return item;
}

function bytesIn(
  column: Float64Array,
  size: number,
  put: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(column.length * size);
  const view = new DataView(bytes.buffer);
  column.forEach((value, k) => put(view, k * size, value));
  return bytes;
}

/**
 * Reads the points of a day's item.
 * @throws ItemFormatError if it was written in another layout or its columns differ in length.
 */
export function pointsOf(item: Item, dayStart: number): PointColumns {
  requireFormat(item);
  const offsets = viewOf(bytesOf(item, 'times'));
  const count = offsets.byteLength / 4;
  // Plain loops: a decision reads weeks of columns, and `Float64Array.from` is much slower.
  const times = new Float64Array(count);
  for (let k = 0; k < count; k++) times[k] = dayStart + offsets.getUint32(k * 4, true);
  return { times, values: perResource((resource) => columnOf(item, resource, count)) };
}

function columnOf(item: Item, resource: Resource, count: number): Float64Array {
  if (!item[resource]) return new Float64Array(count).fill(NaN);
  const view = viewOf(bytesOf(item, resource));
  if (view.byteLength !== count * 8) {
    throw new ItemFormatError(
      keyText(item),
      `${view.byteLength} bytes of ${resource} for ${count} points`,
    );
  }
  const column = new Float64Array(count);
  for (let k = 0; k < count; k++) column[k] = view.getFloat64(k * 8, true);
  return column;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Concatenates columns. Their times must be in ascending order. */
export function joinColumns(parts: readonly PointColumns[]): PointColumns {
  const join = (arrays: readonly Float64Array[]) => {
    const joined = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0));
    let at = 0;
    for (const array of arrays) {
      joined.set(array, at);
      at += array.length;
    }
    return joined;
  };
  return {
    times: join(parts.map((part) => part.times)),
    values: perResource((resource) => join(parts.map((part) => part.values[resource]))),
  };
}
