import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { footprintShape as shapeOfResources } from '#core/clustering/shape/footprint-shape.ts';
import { shapeDistance } from '#core/clustering/shape/shape-distance.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { DAY, humpedCpu, MONDAY, windowOf } from '#test/core/clustering/windows.ts';

const footprintShape = (window: FootprintWindow) => shapeOfResources(window, RESOURCES);
const isWeekend = (seconds: number) => (seconds - MONDAY) / DAY >= 5;

describe('footprintShape', () => {
  it('gives the hand-worked features of a square day', () => {
    // 4 cores from 00:00 to 06:00, 0 otherwise: mean 1, σ = √3.
    const { cpu } = footprintShape(
      windowOf({ cpu: (seconds) => (seconds % DAY < DAY / 4 ? 4 : 0) }),
    );
    expect([...cpu!.rootDay]).toEqual([...Array(6).fill(2), ...Array(18).fill(0)]);
    expect(cpu!.weekendShare).toBeCloseTo(0.5, 12);
    expect(cpu!.burstiness).toBeCloseTo((Math.sqrt(3) - 1) / (Math.sqrt(3) + 1), 12);
    expect(cpu!.dailyCorrelation).toBeCloseTo(1, 12);
  });

  it('computes the weekend share, NaN if the window has no weekend', () => {
    const quiet = (seconds: number) => (isWeekend(seconds) ? 1 : 3);
    expect(footprintShape(windowOf({ cpu: quiet })).cpu!.weekendShare).toBeCloseTo(0.25, 12);
    expect(footprintShape(windowOf({ cpu: quiet }, { days: 3 })).cpu!.weekendShare).toBeNaN();
  });

  it('leaves out resources that are idle, not measured, or measured in fewer than six hours of the day', () => {
    const window = windowOf({
      cpu: () => 0,
      disk: (seconds) => (seconds < MONDAY + 5 * 3600 ? 1 : NaN),
      network: () => 7,
    });
    expect(Object.keys(footprintShape(window))).toEqual(['network']);
  });
});

it('describes only the resources asked for', () => {
  const window = windowOf({ cpu: () => 1, disk: () => 2 });
  expect(Object.keys(shapeOfResources(window, ['disk', 'memory']))).toEqual(['disk']);
});

describe('shapeDistance', () => {
  it('does not depend on the level', () => {
    const low = windowOf({ cpu: (s) => 1 + (s % DAY) / DAY, memory: (s) => 2 + (s % 7200) });
    const high = { ...low, values: { ...low.values, cpu: low.values.cpu.map((v) => 1000 * v) } };
    expect(shapeDistance(footprintShape(low), footprintShape(high))).toBeLessThan(1e-7);
  });

  it('grows with the shift of the peak and is symmetric within [0, 1]', () => {
    const shapes = [0, 2, 5, 12].map((hour, seed) => footprintShape(humpedCpu(hour, 5, seed)));
    const from0 = shapes.map((shape) => shapeDistance(shapes[0]!, shape));
    expect(from0[0]).toBe(0);
    expect(from0[1]).toBeLessThan(from0[2]!);
    expect(from0[2]).toBeLessThan(from0[3]!);
    expect(from0[3]).toBeLessThanOrEqual(1);
    expect(shapeDistance(shapes[3]!, shapes[0]!)).toBe(from0[3]);
  });

  it('compares the parts measured in both shapes and is NaN without any', () => {
    const cpu = footprintShape(windowOf({ cpu: (s) => 1 + (s % DAY) }));
    const both = footprintShape(windowOf({ cpu: (s) => 1 + (s % DAY), disk: () => 3 }));
    const disk = footprintShape(windowOf({ disk: () => 3 }));
    expect(shapeDistance(cpu, both)).toBeLessThan(1e-7);
    expect(shapeDistance(cpu, disk)).toBeNaN();
    expect(shapeDistance(cpu, {})).toBeNaN();
  });

  it('is never NaN for shapes of the same resource, whatever part was measured', () => {
    const values = fc.array(
      fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1e12, noNaN: true })),
      {
        minLength: 48,
        maxLength: 48,
      },
    );
    const shapeOf = (cpu: readonly number[]) =>
      footprintShape(
        windowOf({ cpu: (s) => cpu[(s - MONDAY) / 3600]! }, { days: 2, stepSeconds: 3600 }),
      );
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [left, right] = [shapeOf(a), shapeOf(b)];
        if (left.cpu === undefined || right.cpu === undefined) return;
        const distance = shapeDistance(left, right);
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
      }),
    );
  });
});
