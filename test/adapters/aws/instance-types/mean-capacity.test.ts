import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import { meanCapacity } from '#adapters/aws/instance-types/mean-capacity.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';

const holding = (cpu: number, weight = 1) => ({
  capacity: { ...EMPTY_FOOTPRINT, cpu, memory: 4 * cpu },
  weight,
});

describe('the capacity of a unit', () => {
  it('is that of the mean instance where instances are unequal', () => {
    expect(meanCapacity([holding(16), holding(16), holding(4)]).cpu).toBe(12);
  });

  it('is that of a unit where instances have weights', () => {
    expect(meanCapacity([holding(2), holding(8, 4)])).toMatchObject({ cpu: 2, memory: 8 });
  });

  it('is not limited where one instance is not', () => {
    const unlimited = { capacity: { ...EMPTY_FOOTPRINT, cpu: 2 }, weight: 1 };
    expect(meanCapacity([holding(2), unlimited])).toMatchObject({ cpu: 2, memory: null });
    expect(meanCapacity([]).cpu).toBeNull();
  });

  it('changes a count of instances by no more than the instance that is replaced', () => {
    const cores = fc.constantFrom<number>(2, 4, 8, 16);
    fc.assert(
      fc.property(
        fc.array(cores, { minLength: 2, maxLength: 20 }),
        cores,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (sizes, other, utilization) => {
          const used = utilization * sizes.reduce((a, b) => a + b);
          const count = (all: readonly number[]) =>
            used / meanCapacity(all.map((size) => holding(size))).cpu!;
          const replaced = [...sizes.slice(1), other];
          const [before, after] = [count(sizes), count(replaced)];
          // The instances that the difference makes, of the smaller mean size.
          const total = (all: readonly number[]) => all.reduce((a, b) => a + b);
          const most = Math.abs(other - sizes[0]!) / Math.min(total(sizes), total(replaced));
          expect(Math.abs(after - before)).toBeLessThanOrEqual(sizes.length * most + 1e-9);
        },
      ),
    );
  });

  it('takes no weight for one', () => {
    expect([{}, { WeightedCapacity: '4' }, { WeightedCapacity: '' }].map(weightOf)).toEqual([
      1, 4, 1,
    ]);
  });
});
