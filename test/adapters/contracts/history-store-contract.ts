import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT, perResource, RESOURCES, type Footprint } from '#core/domain/footprint.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';
import type { ApplicationPoints, HistoryStore } from '#core/domain/ports.ts';

const START = 1_700_000_100;
const STEP = 300;

const point = (step: number, footprint: Partial<Footprint>): FootprintPoint => ({
  timestampSeconds: START + step * STEP,
  footprint: { ...EMPTY_FOOTPRINT, ...footprint },
});
const points = (applicationId: string, ...of: FootprintPoint[]): ApplicationPoints => ({
  applicationId,
  applicationType: null,
  points: of,
});
const range = (from: number, to: number) => ({
  fromSeconds: START + from * STEP,
  toSeconds: START + to * STEP,
});

/**
 * What every HistoryStore does. `open` gives an empty store that is closed when the test is over.
 */
export function historyStoreContract(name: string, open: () => Promise<HistoryStore>): void {
  describe(`${name} as HistoryStore`, () => {
    const cpu = async (store: HistoryStore, id: string, to: number) => [
      ...(await store.read(id, range(0, to), STEP)).values.cpu,
    ];

    it('reads an empty window for an unknown application', async () => {
      const store = await open();
      const window = await store.read('nobody', range(0, 3), STEP);
      expect(window.startSeconds).toBe(START);
      expect(window.stepSeconds).toBe(STEP);
      for (const resource of RESOURCES) {
        expect([...window.values[resource]]).toEqual([NaN, NaN, NaN]);
      }
      expect(await store.application('nobody')).toBeNull();
      expect(await store.applications()).toEqual([]);
    });

    it('keeps every resource and leaves gaps as NaN', async () => {
      const store = await open();
      const whole = { cpu: 0.1, memory: 2e9, disk: 3, network: 4.5 };
      await store.append([points('a', point(0, whole), point(2, { cpu: 0 }))]);
      const { values } = await store.read('a', range(0, 3), STEP);
      expect([...values.cpu]).toEqual([0.1, NaN, 0]);
      expect([...values.memory]).toEqual([2e9, NaN, NaN]);
      expect([...values.disk]).toEqual([3, NaN, NaN]);
      expect([...values.network]).toEqual([4.5, NaN, NaN]);
    });

    it('stores a repeated point once', async () => {
      const store = await open();
      const batch = [points('a', point(0, { cpu: 1 }), point(1, { cpu: 2 }))];
      await store.append(batch);
      await store.append(batch);
      expect(await cpu(store, 'a', 2)).toEqual([1, 2]);
      expect((await store.application('a'))?.points).toBe(2);
    });

    it('inserts late points at their time and corrects stored ones', async () => {
      const store = await open();
      await store.append([points('a', point(3, { cpu: 3 }), point(1, { cpu: 1 }))]);
      await store.append([points('a', point(2, { cpu: 2 }), point(0, { cpu: 0 }))]);
      await store.append([points('a', point(1, { cpu: 9 }))]);
      expect(await cpu(store, 'a', 4)).toEqual([0, 9, 2, 3]);
    });

    it('keeps stored values that a later point did not measure', async () => {
      const store = await open();
      await store.append([points('a', point(0, { cpu: 1, memory: 10 }))]);
      await store.append([points('a', point(0, { cpu: 2, disk: 5 }))]);
      const { values } = await store.read('a', range(0, 1), STEP);
      expect(perResource((r) => values[r][0])).toEqual({
        cpu: 2,
        memory: 10,
        disk: 5,
        network: NaN,
      });
    });

    it('uses the later one of two points of the same time in a batch', async () => {
      const store = await open();
      await store.append([
        points('a', point(0, { cpu: 1, memory: 7 }), point(0, { cpu: 2 })),
        points('a', point(0, { network: 3 }), point(1, { cpu: 4 })),
      ]);
      const { values } = await store.read('a', range(0, 2), STEP);
      expect([...values.cpu]).toEqual([2, 4]);
      expect(values.memory[0]).toBe(7);
      expect(values.network[0]).toBe(3);
    });

    it('ignores points that measure nothing', async () => {
      const store = await open();
      await store.append([points('a', point(0, {}), point(1, { cpu: 1 }))]);
      await store.append([points('b', point(0, {}))]);
      expect((await store.applications()).map((a) => [a.applicationId, a.points])).toEqual([
        ['a', 1],
      ]);
    });

    it('treats the end of a range as exclusive and its beginning as inclusive', async () => {
      const store = await open();
      await store.append([points('a', ...[0, 1, 2, 3].map((k) => point(k, { cpu: k })))]);
      const { values } = await store.read('a', range(1, 3), STEP);
      expect([...values.cpu]).toEqual([1, 2]);
    });

    it('returns the mean of the points of a longer step, and the peak of memory', async () => {
      const store = await open();
      await store.append([
        points(
          'a',
          point(0, { cpu: 1, memory: 7 }),
          point(1, { cpu: 2, memory: 3, disk: 8 }),
          point(3, { cpu: 5, memory: 4 }),
        ),
      ]);
      const { values } = await store.read('a', range(0, 6), 2 * STEP);
      expect([...values.cpu]).toEqual([1.5, 5, NaN]);
      expect([...values.disk]).toEqual([8, NaN, NaN]);
      expect([...values.memory]).toEqual([7, 4, NaN]);
    });

    it('places a point in the slot of its start if the step is shorter', async () => {
      const store = await open();
      await store.append([points('a', point(0, { cpu: 1 }), point(1, { cpu: 2 }))]);
      const { values } = await store.read('a', range(0, 2), STEP / 2);
      expect([...values.cpu]).toEqual([1, NaN, 2, NaN]);
    });

    it('describes applications in the order of their identifiers', async () => {
      const store = await open();
      await store.append([
        { applicationId: 'b', applicationType: 'web', points: [point(4, { cpu: 1 })] },
        points('a', point(0, { cpu: 1 }), point(1, { cpu: 1 }), point(3, { cpu: 1 })),
      ]);
      await store.append([points('b', point(5, { cpu: 1 }))]);
      expect(await store.applications()).toEqual([
        {
          applicationId: 'a',
          applicationType: null,
          stepSeconds: STEP,
          firstSeconds: START,
          lastSeconds: START + 3 * STEP,
          points: 3,
        },
        {
          applicationId: 'b',
          applicationType: 'web',
          stepSeconds: STEP,
          firstSeconds: START + 4 * STEP,
          lastSeconds: START + 5 * STEP,
          points: 2,
        },
      ]);
      expect((await store.application('b'))?.applicationType).toBe('web');
    });

    it('infers the step from the points, despite gaps', async () => {
      const store = await open();
      const every = [0, 1, 2, 3, 7, 8, 9, 20].map((k) => ({
        timestampSeconds: START + k * 60,
        footprint: { ...EMPTY_FOOTPRINT, cpu: 1 },
      }));
      await store.append([points('a', ...every)]);
      expect((await store.application('a'))?.stepSeconds).toBe(60);
    });

    it.each([
      ['a negative value', point(0, { cpu: -1 })],
      ['NaN', point(0, { memory: NaN })],
      ['infinity', point(0, { disk: Infinity })],
      ['half a second', { ...point(0, { cpu: 1 }), timestampSeconds: START + 0.5 }],
    ])('refuses %s and stores nothing of that batch', async (_, bad) => {
      const store = await open();
      await expect(store.append([points('a', point(1, { cpu: 1 }), bad)])).rejects.toThrow(
        RangeError,
      );
      expect(await store.applications()).toEqual([]);
    });

    it('rejects a step that is not positive, and a reversed range', async () => {
      const store = await open();
      await expect(store.read('a', range(0, 1), 0)).rejects.toThrow(RangeError);
      await expect(store.read('a', range(1, 0), STEP)).rejects.toThrow(RangeError);
    });

    it('contains the same values as a plain map of all appended values', async () => {
      const value = fc.option(fc.integer({ min: 0, max: 99 }), { nil: null });
      const anyPoint = fc.record({ step: fc.nat(12), cpu: value, memory: value });
      const batches = fc.array(fc.array(anyPoint, { maxLength: 8 }), { maxLength: 5 });
      let run = 0;
      const store = await open();
      await fc.assert(
        fc.asyncProperty(batches, async (appended) => {
          const id = `application ${run++}`;
          const expected = { cpu: Array(13).fill(NaN), memory: Array(13).fill(NaN) };
          for (const batch of appended) {
            await store.append([points(id, ...batch.map(({ step, ...f }) => point(step, f)))]);
            for (const { step, cpu: c, memory: m } of batch) {
              if (c !== null) expected.cpu[step] = c;
              if (m !== null) expected.memory[step] = m;
            }
          }
          const { values } = await store.read(id, range(0, 13), STEP);
          expect([...values.cpu]).toEqual(expected.cpu);
          expect([...values.memory]).toEqual(expected.memory);
        }),
        { numRuns: 40, seed: 7 },
      );
    });
  });
}
