import type * as z from 'zod';
import { amount, whole } from './fields.ts';
import { named } from './named.ts';
import { partOf, perResource, section } from './sections.ts';

/** More instances than any group has; a decision weighs every one of them. */
export const MOST_INSTANCES = 10_000;

const GIB = 2 ** 30;
const MIB = 2 ** 20;

const resources = perResource(amount({ above: 0, to: 1e18 }).nullable());

/**
 * What an application of a type gets before anything is known of it, and what one of its instances
 * holds.
 */
export const typeSection = section({
  allocation: resources.describe(
    'What an application gets before it has a forecast: cores, bytes, bytes/s, bytes/s; null allocates nothing.',
  ),
  instanceCapacity: resources.describe(
    'What one instance holds: cores, bytes, bytes/s, bytes/s; null limits nothing.',
  ),
  minInstances: whole(0, MOST_INSTANCES).describe('Fewest instances, at most `maxInstances`.'),
  maxInstances: whole(1, MOST_INSTANCES).describe('Most instances.'),
});

export const typePart = partOf(typeSection);

export type TypeDefaults = z.output<typeof typeSection>;
type TypePart = z.output<typeof typePart>;

/** Type used when an application's own type is unknown or not configured. */
export const FALLBACK_TYPE = 'default';

function builtIn(instances: number): TypeDefaults {
  return {
    allocation: {
      cpu: instances * 2 * 0.7,
      memory: instances * 4 * GIB * 0.8,
      disk: instances * 50 * MIB,
      network: instances * 40 * MIB,
    },
    instanceCapacity: { cpu: 2, memory: 4 * GIB, disk: 100 * MIB, network: 75 * MIB },
    minInstances: 1,
    maxInstances: 48,
  };
}

const FALLBACK = builtIn(2);

const BUILT_IN_TYPES: Readonly<Record<string, TypeDefaults>> = {
  [FALLBACK_TYPE]: FALLBACK,
  web: builtIn(3),
  batch: builtIn(2),
  worker: builtIn(2),
  internal: builtIn(1),
};

/**
 * Parts of types by their names. What a part leaves out comes from the built-in type, or from the
 * fallback.
 */
export const typeParts = named(typePart, (type, part) => {
  const { minInstances, maxInstances } = completed(type, part);
  return minInstances <= maxInstances
    ? null
    : `minInstances ${minInstances} is above maxInstances ${maxInstances}`;
});

/** All types: the built-in ones, and those that were written over or added. */
export const typesByName = typeParts.transform((parts): Readonly<Record<string, TypeDefaults>> => ({
  ...BUILT_IN_TYPES,
  ...Object.fromEntries(Object.entries(parts).map(([type, part]) => [type, completed(type, part)])),
}));

function completed(type: string, part: TypePart): TypeDefaults {
  const defaults = Object.hasOwn(BUILT_IN_TYPES, type) ? BUILT_IN_TYPES[type]! : FALLBACK;
  return {
    allocation: laidOver(defaults.allocation, part.allocation),
    instanceCapacity: laidOver(defaults.instanceCapacity, part.instanceCapacity),
    minInstances: part.minInstances ?? defaults.minInstances,
    maxInstances: part.maxInstances ?? defaults.maxInstances,
  };
}

/** A copy with the written values in place of the defaults; undefined is not written. */
function laidOver<T extends object>(
  defaults: T,
  part: { readonly [K in keyof T]?: T[K] | undefined } = {},
): T {
  const written = Object.entries(part).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(written) };
}
