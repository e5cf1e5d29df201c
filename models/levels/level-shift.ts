import { median } from '#models/numeric/median.ts';
import { blockMeans, blockSize } from './block-means.ts';
import {
  shiftSize,
  type LevelChange,
  type LevelShift,
  type ShiftSearch,
  type ShiftWidth,
} from './shift-size.ts';
import { splitLevels } from './split-levels.ts';
import { usualCourse, usualRatios } from './usual-course.ts';

/** Blocks of values before a shift at least: fewer do not say what is usual. */
const LEAST_BEFORE = 24;

/**
 * How many times as far from the level before as any stretch before a shift. Of a level that is new
 * for fewer steps than `least` less is known, so more is asked.
 */
const NOVELTY = 2;
const NEWEST_NOVELTY = 4;

/**
 * The shifts of level that still last at the end of a series, oldest first: the values since differ
 * at once from those before, at least twice as far as any earlier stretch did in that direction. A
 * burst that came and went before is therefore no shift. Values are compared in blocks, and at the
 * same time of the season.
 * @param values at least 0, without gaps.
 */
export function levelShifts(values: Float64Array, search: ShiftSearch): readonly LevelShift[] {
  const { season, least, shortest } = search;
  const lasting = shiftsOfWidth(values, { season, least, novelty: NOVELTY });
  if (shortest >= least) return lasting;
  const known = Math.max(values.length - least, lasting.at(-1)?.start ?? 0);
  const isNewest = ({ start }: LevelShift) => start > known;
  const narrow = shiftsOfWidth(values, { season, least: shortest, novelty: NEWEST_NOVELTY });
  return [...lasting, ...narrow.filter(isNewest)];
}

interface WidthSearch extends ShiftWidth {
  readonly novelty: number;
}

function shiftsOfWidth(values: Float64Array, search: WidthSearch): readonly LevelShift[] {
  const size = blockSize(search);
  const blocks = blockMeans(values, size);
  const ratios = usualRatios(blocks, Math.round(search.season / size));
  if (ratios === null) return [];
  const wide = {
    ...search,
    season: search.season / size,
    least: Math.round(search.least / size),
  };
  const offset = values.length - blocks.length * size;
  const levels = stretchLevels(ratios, wide.least);
  return largestJumps(levels, wide.least).flatMap((jump) => {
    const change = lastingChange({ ratios, levels }, jump, wide);
    if (change === null) return [];
    const start = exactStart(values, offset + jump.at * size, search.least);
    const course = usualCourse(values, search.season);
    return course ? [shiftSize({ values, course }, { ...change, start }, search)] : [];
  });
}

interface Jump {
  /** Index of the first block after it. */
  readonly at: number;
  readonly size: number;
}

/** A change by less than a seventh is left to the models. */
const LEAST_CHANGE = Math.log(8 / 7);

/** Share of the change that happens at once, and that still holds at the end. */
const AT_ONCE = 0.6;

/** How many times as large as any jump before. */
const JUMP_FACTOR = 1.5;

/** Medians of all stretches of `length` blocks, by their first block. */
function stretchLevels(ratios: Float64Array, length: number): Float64Array {
  const levels = new Float64Array(Math.max(0, ratios.length - length + 1));
  if (length === 3) {
    for (let k = 0; k < levels.length; k++) {
      levels[k] = middleOf(ratios[k], ratios[k + 1], ratios[k + 2]);
    }
    return levels;
  }
  const stretch = new Float64Array(length);
  for (let k = 0; k < levels.length; k++) {
    for (let place = 0; place < length; place++) stretch[place] = ratios[k + place];
    levels[k] = median(stretch);
  }
  return levels;
}

/** The median of the usual stretch. */
const middleOf = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/** Jumps between neighbouring stretches of `length` blocks that are larger than all before them. */
function largestJumps(levels: Float64Array, length: number): readonly Jump[] {
  const found: Jump[] = [];
  let most = AT_ONCE * LEAST_CHANGE;
  // What is at most a stretch away from the largest jump is the same jump.
  for (let at = length; at < levels.length; at++) {
    const size = levels[at] - levels[at - length];
    if (Math.abs(size) <= most) continue;
    most = Math.abs(size);
    const last = found.at(-1);
    if (last !== undefined && at - last.at <= length) found.pop();
    found.push({ at, size });
  }
  return found.filter(({ at, size }, k) => {
    const before = k === 0 ? 0 : Math.abs(found[k - 1].size);
    return at >= LEAST_BEFORE && Math.abs(size) > JUMP_FACTOR * before;
  });
}

/** The change at a jump if it still lasts and is new; null otherwise. */
function lastingChange(
  { ratios, levels }: { readonly ratios: Float64Array; readonly levels: Float64Array },
  { at, size: jump }: Jump,
  { season, least, novelty }: WidthSearch,
): Omit<LevelChange, 'start'> | null {
  const from = medianOf(ratios, at - Math.max(2 * least, season), at);
  const atEnd = medianOf(ratios, ratios.length - least, ratios.length) - from;
  // Most jumps have come back: no change from here on would last.
  if (jump * atEnd <= 0 || Math.abs(atEnd) < AT_ONCE * LEAST_CHANGE) return null;
  const to = medianOf(ratios, at, ratios.length);
  const size = Math.abs(to - from);
  const sign = Math.sign(to - from);
  if (size < LEAST_CHANGE || Math.min(sign * jump, sign * atEnd) < AT_ONCE * size) return null;
  for (let k = 0; k <= at - least; k++) {
    if (novelty * sign * (levels[k] - from) > size) return null;
  }
  return { from, to };
}

const medianOf = (values: Float64Array, first: number, last: number): number =>
  median(values.slice(Math.max(0, first), last));

/** Where around an index the values themselves change most. */
function exactStart(values: Float64Array, about: number, least: number): number {
  const [from, to] = [Math.max(0, about - least), Math.min(values.length, about + least)];
  const split = splitLevels(values, { from, to, before: 1, after: 1 });
  return split === -1 ? about : split;
}
