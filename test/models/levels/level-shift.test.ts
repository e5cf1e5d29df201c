import { describe, expect, it } from 'vitest';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { levelHistory, shiftSearch } from '#models/levels/level-history.ts';
import { levelShifts } from '#models/levels/level-shift.ts';

const HOURLY = shiftSearch({ stepSeconds: 3600 });
const FIVE_MINUTES = shiftSearch({ stepSeconds: 300 });

function course(length: number, season: number, swing: number, noise = 0.01): Float64Array {
  const random = createRandom(length + season);
  return Float64Array.from(
    { length },
    (_, k) =>
      100 *
      (1 + swing * Math.sin((2 * Math.PI * k) / season)) *
      (1 + noise * standardNormal(random)),
  );
}

const scaledFrom = (values: Float64Array, start: number, factor: number, end = values.length) =>
  values.map((value, k) => (k >= start && k < end ? factor * value : value));

describe('levelShifts', () => {
  for (const [name, search] of Object.entries({ HOURLY, FIVE_MINUTES })) {
    for (const swing of [0, 0.5]) {
      for (const factor of [3, 1.5, 1 / 3, 0]) {
        for (const hours of [1, 2, 3, 12, 24, 48]) {
          it(`finds × ${factor.toFixed(2)} ${hours} hours ago (${name}, swing ${swing})`, () => {
            const { season, shortest } = search;
            const values = course(8 * season, season, swing);
            const start = values.length - hours * shortest;
            const [shift, ...more] = levelShifts(scaledFrom(values, start, factor), search);
            expect(more).toEqual([]);
            expect(shift?.start).toBe(start);
            expect(Math.abs(shift!.after - factor * shift!.before)).toBeLessThan(
              0.05 * shift!.after + 0.1,
            );
          });
        }
      }
    }
  }

  it('finds none in noise, in a season and on a ramp', () => {
    expect(levelShifts(course(2304, 288, 0, 0.2), FIVE_MINUTES)).toEqual([]);
    expect(levelShifts(course(2304, 288, 0.8, 0.1), FIVE_MINUTES)).toEqual([]);
    const ramp = course(2304, 288, 0).map((value, k) => value + k / 10);
    expect(levelShifts(ramp, FIVE_MINUTES)).toEqual([]);
    expect(levelShifts(new Float64Array(2304), FIVE_MINUTES)).toEqual([]);
  });

  it('takes a burst that came before for a burst, and its end for no shift', () => {
    const values = course(2304, 288, 0);
    const once = scaledFrom(values, 800, 3, 824);
    expect(levelShifts(scaledFrom(once, 2304 - 18, 3), FIVE_MINUTES)).toEqual([]);
    expect(levelShifts(scaledFrom(values, 2304 - 48, 3, 2304 - 24), FIVE_MINUTES)).toEqual([]);
  });

  it('waits for most of three hours where a single hour was once as high', () => {
    const values = scaledFrom(course(192, 24, 0), 100, 2, 101);
    expect(levelShifts(scaledFrom(values, 191, 3), HOURLY)).toEqual([]);
    expect(levelShifts(scaledFrom(values, 190, 3), HOURLY)).toHaveLength(1);
  });
});

function leveled(history: Float64Array, trainedSteps: number) {
  const search = shiftSearch({ stepSeconds: 300 });
  return levelHistory(history, { shifts: levelShifts(history, search), search, trainedSteps });
}

describe('levelHistory', () => {
  const values = course(2304, 288, 0.5);
  const start = values.length - 100;
  const shifted = scaledFrom(values, start, 3);

  it('moves what lies before a shift that the model knows to the new level', () => {
    const { history, restore } = leveled(shifted, shifted.length);
    expect(history[0]! / values[0]!).toBeCloseTo(3, 1);
    expect(history[2300]).toBe(shifted[2300]);
    expect(restore).toBeNull();
  });

  it('moves what lies after a later shift to the old level, and forecasts back', () => {
    const { history, restore } = leveled(shifted, start);
    expect(history[0]).toBe(shifted[0]);
    expect(history[2300]! / values[2300]!).toBeCloseTo(1, 1);
    expect(restore!(values[2300]!) / shifted[2300]!).toBeCloseTo(1, 1);
  });

  it('forecasts nothing from a level of zero', () => {
    const { restore } = leveled(scaledFrom(values, start, 0), start);
    expect(restore!(100)).toBeCloseTo(0, 6);
  });

  it('leaves a history without a shift as it is', () => {
    expect(leveled(values, values.length).history).toBe(values);
  });
});
