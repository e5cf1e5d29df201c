import { describe, expect, it } from 'vitest';
import { createDetectorMemory } from '#core/detection/metric/detector-memory.ts';
import { createTailSketch, DEEP_SURPRISE } from '#core/detection/metric/tail-sketch.ts';
import { createRandom } from '#core/domain/random.ts';

const newSketch = () => createTailSketch(createDetectorMemory(new Uint8Array(512)));

/** Exponential values with mean 1: P(X > x) = e^−x. */
function learnExponential(rows: number, memory: number) {
  const random = createRandom(1);
  const sketch = newSketch();
  for (let row = 0; row < rows; row++) sketch.learn(-Math.log(1 - random()), memory);
  return sketch;
}

describe('createTailSketch', () => {
  it('gives the probabilities of an exponential distribution, in the past and beyond it', () => {
    const sketch = learnExponential(20_000, 1e9);
    for (const share of [0.3, 0.1, 0.03]) {
      expect(sketch.exceededBy(share) / -Math.log(share)).toBeCloseTo(1, 1);
      expect(sketch.surprise(-Math.log(share))).toBeCloseTo(-Math.log10(share), 0);
    }
    // Extrapolated: no value of probability 10^-6 is among the 20,000.
    expect(sketch.surprise(-Math.log(1e-6))).toBeGreaterThan(5);
    expect(sketch.surprise(-Math.log(1e-6))).toBeLessThan(7);
  });

  it('may give 0 for ordinary values, and gives the same as before for rare ones', () => {
    const sketch = learnExponential(20_000, 1e9);
    for (const value of [0.1, 1, 2, 3, 4, 6, 12]) {
      const surprise = sketch.surprise(value);
      expect([0, surprise]).toContain(sketch.surprise(value, 1.5));
      if (surprise > 1.5) expect(sketch.surprise(value, 1.5)).toBe(surprise);
    }
  });

  it('is monotone and continuous at the start of the extrapolation', () => {
    const sketch = learnExponential(5000, 1e9);
    const surprises = Array.from({ length: 200 }, (_, k) => sketch.surprise(k / 10));
    surprises.forEach((surprise, k) => {
      expect(surprise).toBeGreaterThanOrEqual(surprises[k - 1] ?? 0);
    });
    const deep = sketch.exceededBy(0.006);
    expect(sketch.surprise(deep * 1.0001)).toBeCloseTo(DEEP_SURPRISE, 2);
  });

  it('forgets: a rare value becomes ordinary', () => {
    const sketch = learnExponential(5000, 500);
    const before = sketch.surprise(20);
    for (let row = 0; row < 2000; row++) sketch.learn(20, 500);
    expect(before).toBeGreaterThan(4);
    expect(sketch.surprise(20)).toBeLessThan(1);
  });

  it('does not overflow in a long stream', () => {
    const sketch = newSketch();
    for (let row = 0; row < 50_000; row++) sketch.learn(1, 50);
    expect(sketch.surprise(1)).toBeLessThan(1);
    expect(Number.isFinite(sketch.surprise(100))).toBe(true);
  });
});
