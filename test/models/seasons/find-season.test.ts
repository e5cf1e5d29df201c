import { describe, expect, it } from 'vitest';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { findSeason } from '#models/seasons/find-season.ts';
import { shownSeasons } from '#models/seasons/shown-seasons.ts';

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => standardNormal(random));
}

const seasonal = (length: number, period: number, seed: number): Float64Array =>
  noise(length, seed).map((value, k) => value + 4 * Math.sin((2 * Math.PI * k) / period) + k / 20);

describe('findSeason', () => {
  for (const period of [5, 7, 12, 24, 37]) {
    it(`finds ${period} steps under a trend`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        expect(findSeason(seasonal(12 * period, period, seed))).toBe(period);
      }
    });
  }

  it('finds a short peak that returns', () => {
    const values = noise(400, 3).map((value, k) => 0.2 * value + (k % 40 < 3 ? 5 : 0));
    expect(findSeason(values)).toBe(40);
  });

  it('finds none in noise and in constants', () => {
    for (let seed = 1; seed <= 20; seed++) expect(findSeason(noise(300, seed))).toBeNull();
    expect(findSeason(new Float64Array(100).fill(3))).toBeNull();
    expect(findSeason(new Float64Array(2))).toBeNull();
  });
});

describe('shownSeasons', () => {
  it('keeps a day and a week unless another season shows', () => {
    const series = (values: Float64Array) => ({ startSeconds: 0, stepSeconds: 3600, values });
    expect(shownSeasons(series(seasonal(400, 24, 1)))).toEqual([24, 168]);
    expect(shownSeasons(series(noise(400, 1)))).toEqual([24, 168]);
    expect(shownSeasons(series(seasonal(400, 10, 1)))).toEqual([10]);
  });

  it('finds a season where the step divides no day', () => {
    const series = { startSeconds: 0, stepSeconds: 18_000, values: seasonal(400, 24, 2) };
    expect(shownSeasons(series)).toEqual([24]);
  });
});
