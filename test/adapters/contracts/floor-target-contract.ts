import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import type { FloorTarget } from '#adapters/aws/floors/floor-target.ts';

/** 2026-11-24 08:30 UTC, a Tuesday. */
export const MORNING = Date.UTC(2026, 10, 24, 8, 30) / 1000;

/** An application with minimum 2, maximum 10 and 3 instances wanted, as its owner has it. */
export interface OpenedApplication {
  readonly id: string;
  readonly target: FloorTarget;
  readonly clock: { seconds: number };
  /** What the service has now. */
  sizes(): { readonly min: number; readonly max: number; readonly desired: number };
  /** The owner, or a call that was delayed, sets the minimum. */
  setMinimum(minimum: number): void;
  /** What people see of the owner's minimum; null if nothing is shown. */
  shown(): string | null;
  /** Names of the calls that changed something, since the last call of this. */
  takeChanges(): readonly string[];
  /** The next call that changes the minimum, shows or hides it, fails. */
  fail(which: 'minimum' | 'show' | 'hide'): void;
  remove(): void;
}

export interface ContractOptions {
  /** The owner's action sets the minimum to 8 every day at nine, UTC. */
  readonly atNine?: boolean;
}

const faultOf = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof ScalingError ? error.fault : error;
};

/** What groups and services do alike. */
export function floorTargetContract(
  name: string,
  open: (options?: ContractOptions) => OpenedApplication,
): void {
  describe(`the port of scaling with ${name}`, () => {
    it('sets a floor, shows the owner’s minimum, and restores it', async () => {
      const { id, target, sizes, shown } = open();
      expect(await target.setFloor(id, 5)).toEqual({ before: 2, after: 5, ownMinimum: 2 });
      expect(sizes()).toEqual({ min: 5, max: 10, desired: 5 });
      expect(shown()).toBe('2:2:5');
      expect((await target.describe(id)).limits).toEqual({ minInstances: 2, maxInstances: 10 });
      expect(await target.restoreMinimum(id)).toEqual({ before: 5, after: 2, ownMinimum: 2 });
      // Nobody takes a running instance away with it.
      expect(sizes()).toEqual({ min: 2, max: 10, desired: 5 });
      expect(shown()).toBeNull();
    });

    it('changes nothing when there is nothing to change', async () => {
      const { id, target, takeChanges } = open();
      await target.setFloor(id, 1);
      await target.setDesired(id, 3);
      await target.restoreMinimum(id);
      expect(takeChanges()).toEqual([]);
      await target.setFloor(id, 5);
      takeChanges();
      await target.setFloor(id, 5);
      expect(takeChanges()).toEqual([]);
    });

    it.each([
      [7, 7],
      [99, 10],
      [0, 2],
      [4.2, 5],
    ])('asked for %d makes %d of it', async (asked, wanted) => {
      const { id, target, sizes } = open();
      await target.setDesired(id, asked);
      expect(sizes()).toEqual({ min: 2, max: 10, desired: wanted });
    });

    it.each([-1, NaN])('refuses %d instances', async (asked) => {
      const { id, target } = open();
      await expect(target.setDesired(id, asked)).rejects.toThrow(RangeError);
      await expect(target.setFloor(id, asked)).rejects.toThrow(RangeError);
    });

    it('names an application that is gone', async () => {
      const { id, target, remove } = open();
      remove();
      expect(await faultOf(target.describe(id))).toBe('missing');
      expect(await faultOf(target.setDesired(id, 3))).toBe('missing');
      expect(await faultOf(target.setFloor(id, 3))).toBe('missing');
      expect(await faultOf(target.restoreMinimum(id))).toBe('missing');
    });

    it('heeds what the owner sets during a floor', async () => {
      const { id, target, sizes, setMinimum } = open();
      await target.setFloor(id, 5);
      setMinimum(4);
      expect((await target.describe(id)).limits.minInstances).toBe(4);
      await target.setFloor(id, 1);
      expect(sizes().min).toBe(4);
      await target.restoreMinimum(id);
      expect(sizes().min).toBe(4);
    });

    it('heeds the owner’s scheduled action although a floor had set the same number', async () => {
      const { id, target, sizes, clock } = open({ atNine: true });
      await target.setFloor(id, 8);
      expect((await target.describe(id)).limits.minInstances).toBe(2);
      clock.seconds = MORNING + 3600;
      await target.setFloor(id, 3);
      expect(sizes().min).toBe(8);
      await target.restoreMinimum(id);
      expect(sizes().min).toBe(8);
    });

    it('survives two decisions at once, of which one changes the application', async () => {
      const { id, target, sizes } = open();
      await Promise.all([target.setFloor(id, 5), target.setFloor(id, 8)]);
      await target.restoreMinimum(id);
      expect(sizes().min).toBe(2);
    });

    it('never crosses the owner’s limits, and finds the minimum again after any failure', async () => {
      const step = fc.record({
        floors: fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 3 }),
        fails: fc.constantFrom(null, 'minimum' as const, 'show' as const, 'hide' as const),
        delayed: fc.boolean(),
        restore: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
          const { id, target, sizes, clock, fail, setMinimum } = open();
          let sentBefore: number | null = null;
          for (const { floors, fails, delayed, restore } of steps) {
            clock.seconds += 300;
            if (fails) fail(fails);
            const { min: before } = sizes();
            await Promise.allSettled(
              restore
                ? [target.restoreMinimum(id)]
                : floors.map((floor) => target.setFloor(id, floor)),
            );
            const sentNow = sizes().min === before ? null : sizes().min;
            // A call that was sent at the step before arrives only now.
            if (delayed && sentBefore !== null) setMinimum(sentBefore);
            sentBefore = sentNow;
            expect(sizes().min).toBeGreaterThanOrEqual(2);
            expect(sizes().min).toBeLessThanOrEqual(10);
            expect(sizes().max).toBe(10);
          }
          // What was to fail and did not, fails now.
          await target.restoreMinimum(id).catch(() => undefined);
          await target.restoreMinimum(id).catch(() => undefined);
          await target.restoreMinimum(id);
          expect(sizes().min).toBe(2);
        }),
        { numRuns: 150, seed: 19 },
      );
    });
  });
}
