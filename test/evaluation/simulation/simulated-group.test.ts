import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSimulatedGroup } from '#evaluation/simulation/simulated-group.ts';

const limits = { minInstances: 1, maxInstances: 48 };
const group = (initial = 4) => createSimulatedGroup({ limits, warmUpSteps: 2, initial });

describe('createSimulatedGroup', () => {
  it('puts a new instance into service two steps after its request', () => {
    const some = group();
    some.setDesired(6, 10);
    expect([some.inService, some.pending, some.desired]).toEqual([4, 2, 6]);
    some.advanceTo(11);
    expect(some.inService).toBe(4);
    some.advanceTo(12);
    expect([some.inService, some.pending]).toEqual([6, 0]);
  });

  it('scales in at once: starting instances first, the youngest first', () => {
    const some = group();
    some.setDesired(6, 10);
    some.setDesired(9, 11);
    some.setDesired(7, 11);
    expect([some.inService, some.pending]).toEqual([4, 3]);
    some.advanceTo(12);
    expect([some.inService, some.pending]).toEqual([6, 1]);
    some.setDesired(3, 12);
    expect([some.inService, some.pending]).toEqual([3, 0]);
  });

  it('counts an action only when the desired number changes', () => {
    const some = group();
    some.setDesired(4, 1);
    some.setDesired(5, 2);
    some.setDesired(5, 3);
    some.setDesired(1000, 4);
    some.setDesired(48, 5);
    expect(some.actions).toBe(2);
  });

  it('serves the smallest of the last three desired numbers', () => {
    // Growth takes two steps and shrinking none, so the smallest of the last three numbers serves.
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 48 }), { minLength: 3 }), (wishes) => {
        const some = group(wishes[0]);
        wishes.forEach((wish, step) => {
          some.advanceTo(step);
          some.setDesired(wish, step);
          expect(some.inService).toBe(Math.min(...wishes.slice(Math.max(0, step - 2), step + 1)));
          expect(some.desired).toBe(wish);
        });
      }),
    );
  });
});
