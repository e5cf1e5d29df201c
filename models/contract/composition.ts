import type { HorizonRange } from './horizon-range.ts';

/** A stretch of the horizon and the families whose forecasts are averaged there. */
export interface CompositionPart extends HorizonRange {
  readonly members: readonly string[];
}

/** The families that a model is made of, in the order of the horizon, without holes. */
export type Composition = readonly CompositionPart[];

/** The families of a composition, each once. */
export function membersOf(composition: Composition): readonly string[] {
  return [...new Set(composition.flatMap(({ members }) => members))];
}

/**
 * The composition whose bands have these members; neighbouring bands with the same members are one
 * part.
 */
export function composeBands(
  bands: readonly HorizonRange[],
  members: readonly (readonly string[])[],
): Composition {
  const parts: CompositionPart[] = [];
  bands.forEach(({ first, last }, band) => {
    const own = members[band] ?? [];
    const before = parts.at(-1);
    if (before !== undefined && String(before.members) === String(own)) {
      parts[parts.length - 1] = { ...before, last };
    } else parts.push({ first, last, members: own });
  });
  return parts;
}
