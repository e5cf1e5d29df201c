import { describe, expect, it } from 'vitest';
import { createRandom, forkRandom, standardNormal } from '#core/domain/random.ts';

describe('createRandom', () => {
  it('gives the published first numbers of mulberry32', () => {
    const random = createRandom(1);
    // Reference: the C code of the generator, seed 1, first three 32-bit outputs.
    const outputs = [random(), random(), random()].map((value) => value * 2 ** 32);
    expect(outputs).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('is uniform and refuses a fraction as seed', () => {
    const random = createRandom(7);
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw++) bins[Math.floor(random() * 10)]! += 1;
    // Expected 2,000 each, standard deviation 42.
    for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(200);
    expect(() => createRandom(0.5)).toThrow(/got 0.5/);
  });
});

describe('forkRandom', () => {
  it('gives every name its own sequence, and the same name the same sequence', () => {
    expect(forkRandom(1, 'a')()).toBe(forkRandom(1, 'a')());
    expect(forkRandom(1, 'a')()).not.toBe(forkRandom(1, 'b')());
  });
});

describe('standardNormal', () => {
  it('has mean 0 and variance 1', () => {
    const random = createRandom(3);
    const draws = Float64Array.from({ length: 20_000 }, () => standardNormal(random));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
