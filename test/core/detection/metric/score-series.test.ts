import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesScorer } from '#core/detection/metric/score-series.ts';
import type { ScoredPoint } from '#core/detection/metric/score-series.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';

const STEP = 300;
const DAY_ROWS = 288;

function scores(values: readonly number[], times?: readonly number[]): readonly ScoredPoint[] {
  const scorer = createSeriesScorer();
  return values.map((value, row) => scorer.score(times?.[row] ?? row * STEP, value));
}

/** A daily pattern with autocorrelated noise. */
function daily(rows: number, seed: number): number[] {
  const random = createRandom(seed);
  let noise = 0;
  return Array.from({ length: rows }, (_, row) => {
    noise = 0.7 * noise + standardNormal(random);
    return 100 + 40 * Math.sin((2 * Math.PI * row) / DAY_ROWS) + 2 * noise;
  });
}

const alarms = (points: readonly ScoredPoint[], from: number, to: number, threshold: number) =>
  points.slice(from, to).filter(({ score }) => score >= threshold).length;

describe('createSeriesScorer', () => {
  it('gives every row a finite score of at least 0, for any times and values', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, NaN, Infinity, -Infinity, 1e300),
      fc.integer({ min: 0, max: 3 }),
    );
    const row = fc.tuple(value, fc.constantFrom(-3600, 0, 0, 300, 300, 300, 90_000));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 400 }), (rows) => {
        let at = 0;
        const times = rows.map(([, step]) => (at += step));
        for (const { score } of scores(
          rows.map(([x]) => x),
          times,
        )) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThan(100);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sees only the past: rows before a change keep their scores', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 700 }),
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        (cut, x) => {
          const series = daily(800, 3);
          const changed = series.map((value, row) => (row < cut ? value : value * x));
          expect(scores(changed).slice(0, cut)).toEqual(scores(series).slice(0, cut));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('continues with the same scores from bytes saved after any row', () => {
    const series = daily(700, 8).map((value, row) => (row % 97 === 0 ? value + 60 : value));
    const whole = scores(series);
    let scorer = createSeriesScorer();
    series.forEach((value, row) => {
      expect(scorer.score(row * STEP, value)).toEqual(whole[row]);
      scorer = createSeriesScorer(scorer.save());
    });
  });

  it('remembers less than 8 kB, also as text', () => {
    const scorer = createSeriesScorer();
    daily(3000, 9).forEach((value, row) => scorer.score(row * STEP, value));
    expect(Buffer.from(scorer.save()).toString('base64').length).toBeLessThanOrEqual(8192);
  });

  it('starts again from bytes of another form', () => {
    const [fresh, odd] = [createSeriesScorer(), createSeriesScorer(new Uint8Array(17))];
    expect(odd.score(0, 5)).toEqual(fresh.score(0, 5));
  });

  it('keeps scorers apart and does not depend on the unit', () => {
    const [a, b] = [createSeriesScorer(), createSeriesScorer()];
    const alone = scores(daily(1500, 4));
    daily(1500, 4).forEach((value, row) => {
      expect(a.score(row * STEP, value).score).toBeCloseTo(alone[row]!.score, 9);
      expect(b.score(row * STEP, value * 2 ** 30).score).toBeCloseTo(alone[row]!.score, 4);
    });
  });

  it('detects a spike and a level shift at once, each as one episode', () => {
    const rows = 10 * DAY_ROWS;
    const spiked = daily(rows, 5).map((value, row) => (row === 2500 ? 400 : value));
    const spike = scores(spiked);
    expect(spike[2500]!.score).toBeGreaterThan(4);
    expect(alarms(spike, 2501, 2500 + 60, 4)).toBe(0);
    const shifted = daily(rows, 5).map((value, row) => (row >= 2000 ? value + 150 : value));
    const shift = scores(shifted);
    expect(alarms(shift, 2000, 2006, 4)).toBeGreaterThanOrEqual(1);
    expect(alarms(shift, 2060, rows, 4)).toBeLessThanOrEqual(2);
  });

  it('rarely exceeds the threshold of the shared benchmark in a week of ordinary noise', () => {
    const counts = [11, 12, 13, 14].map((seed) => {
      const points = scores(daily(28 * DAY_ROWS, seed));
      return alarms(points, 7 * DAY_ROWS, points.length, 1.07);
    });
    // Three weeks of four metrics, at the best threshold of the Numenta half: under one alarm per
    // metric and week.
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(12);
  });

  it('scores a constant series 0 and its first change above', () => {
    const points = scores([
      ...Array.from({ length: 500 }, () => 7),
      8,
      ...Array<number>(50).fill(7),
    ]);
    expect(points.slice(0, 500).every(({ score }) => score === 0)).toBe(true);
    expect(points[500]!.score).toBeGreaterThan(1);
  });

  it('gives an interval that contains nearly all ordinary values', () => {
    const values = daily(20 * DAY_ROWS, 6);
    const points = scores(values);
    const inside = values.filter(
      (value, row) => row >= 1000 && points[row]!.lower <= value && value <= points[row]!.upper,
    );
    const share = inside.length / (values.length - 1000);
    expect(share).toBeGreaterThan(0.97);
    expect(share).toBeLessThan(1);
  });
});
