import type { MeasuredColumns, PointColumns } from '#adapters/time-grid/slot-means.ts';
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
  const { times, values } = measuredPoints(item, dayStart);
  const unknown = (): Float64Array => new Float64Array(times.length).fill(NaN);
  return { times, values: perResource((resource) => values[resource] ?? unknown()) };
}

/**
 * The same without columns of what was not measured. Columns may be the item's own memory, which
 * nobody may write to.
 * @throws ItemFormatError
 */
export function measuredPoints(item: Item, dayStart: number): MeasuredColumns {
  requireFormat(item);
  const offsets = viewOf(bytesOf(item, 'times'));
  const count = offsets.byteLength / 4;
  // Plain loops: a decision reads weeks of columns, and `Float64Array.from` is much slower.
  const times = new Float64Array(count);
  for (let k = 0; k < count; k++) times[k] = dayStart + offsets.getUint32(k * 4, true);
  const values: Partial<Record<Resource, Float64Array>> = {};
  for (const resource of RESOURCES) {
    if (item[resource]) values[resource] = columnOf(item, resource, count);
  }
  return { times, values };
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function columnOf(item: Item, resource: Resource, count: number): Float64Array {
  const bytes = bytesOf(item, resource);
  if (bytes.byteLength !== count * 8) {
    throw new ItemFormatError(
      keyText(item),
      `${bytes.byteLength} bytes of ${resource} for ${count} points`,
    );
  }
  if (IS_LITTLE_ENDIAN) {
    // A view has to begin at a multiple of eight bytes; a copy does.
    const { buffer, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
    return new Float64Array(buffer, byteOffset, count);
  }
  const view = viewOf(bytes);
  const column = new Float64Array(count);
  for (let k = 0; k < count; k++) column[k] = view.getFloat64(k * 8, true);
  return column;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Concatenates columns. Their times must be in ascending order. */
export function joinColumns(parts: readonly MeasuredColumns[]): MeasuredColumns {
  const count = parts.reduce((sum, { times }) => sum + times.length, 0);
  const join = (columnIn: (part: MeasuredColumns) => Float64Array | undefined) => {
    const joined = new Float64Array(count).fill(NaN);
    let at = 0;
    for (const part of parts) {
      const column = columnIn(part);
      if (column) joined.set(column, at);
      at += part.times.length;
    }
    return joined;
  };
  return {
    times: join(({ times }) => times),
    values: perResource((resource) => join(({ values }) => values[resource])),
  };
}
