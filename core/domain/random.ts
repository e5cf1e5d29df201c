/**
 * Uniform numbers in [0, 1). Functions of core/ that need randomness take a source as an argument.
 */
export type RandomSource = () => number;

/**
 * Small seeded generator that gives the same sequence on every machine: mulberry32 (Tommy Ettinger,
 * 2017, public domain), 32 bits of state, period 2^32. It is meant for simulation, not for secrets.
 * @param seed any integer; only its low 32 bits count.
 * @throws RangeError if the seed is not an integer.
 */
export function createRandom(seed: number): RandomSource {
  if (!Number.isInteger(seed)) throw new RangeError(`seed must be an integer, got ${seed}`);
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A separate generator for a named part, so that adding a part does not change the numbers of the
 * others. The name is mixed into the seed with FNV-1a (32 bits).
 */
export function forkRandom(seed: number, name: string): RandomSource {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return createRandom((seed ^ hash) >>> 0);
}

/** One standard normal number from two uniform ones (Box & Muller 1958). */
export function standardNormal(random: RandomSource): number {
  // 1 - u lies in (0, 1], so the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
