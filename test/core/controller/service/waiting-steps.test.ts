import fc from 'fast-check';
import { expect, it } from 'vitest';
import { demandOfWaiting, type WaitingStep } from '#core/controller/service/waiting-steps.ts';

const step = (certain: number, used: number): WaitingStep => ({
  held: [],
  inService: 0,
  certain,
  used,
});
const amount = fc.double({ min: 0, max: 50, noNaN: true });
const waitingSteps = fc.array(
  fc.tuple(amount, amount).map(([a, b]) => step(Math.min(a, b), Math.max(a, b))),
  { minLength: 1, maxLength: 6 },
);

it('lies on the line between the uses before and after', () => {
  const waiting = [step(5, 99), step(5, 99), step(5, 99)];
  expect(demandOfWaiting(waiting, 4, 12)).toEqual([6, 8, 10]);
  expect(demandOfWaiting(waiting, null, 12)).toEqual([12, 12, 12]);
});

it('is at least what was measured, and at most what was estimated', () => {
  fc.assert(
    fc.property(waitingSteps, fc.option(amount), fc.option(amount), (waiting, before, after) => {
      demandOfWaiting(waiting, before, after).forEach((demand, k) => {
        expect(demand).toBeGreaterThanOrEqual(waiting[k]!.certain);
        expect(demand).toBeLessThanOrEqual(waiting[k]!.used);
      });
    }),
  );
});

it('is the estimate where nothing came after', () => {
  expect(demandOfWaiting([step(5, 7), step(6, 9)], 4, null)).toEqual([7, 9]);
});
