import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eachInParallel } from '#cli/workers/each-in-parallel.ts';

it('hands results over in order and never works on more than it may', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      async (delays, width) => {
        let [running, most] = [0, 0];
        const taken: number[] = [];
        await eachInParallel(
          delays.map((turns, index) => ({ turns, index })),
          {
            width,
            work: async ({ turns, index }) => {
              most = Math.max(most, ++running);
              for (let turn = 0; turn < turns; turn++) await Promise.resolve();
              running--;
              return index;
            },
          },
          (result) => void taken.push(result),
        );
        expect(taken).toEqual(delays.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it('ends with the first failure', async () => {
  const taken: number[] = [];
  const work = async (item: number) => {
    if (item === 2) throw new Error('broken');
    return item;
  };
  await expect(
    eachInParallel([1, 2, 3], { width: 3, work }, (result) => void taken.push(result)),
  ).rejects.toThrow('broken');
  expect(taken).toEqual([1]);
});
