import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import type { HistoryStore, MetricSource } from '#core/ports.ts';
import { ingestGroups } from '#functions/ingestion/ingest-groups.ts';
import { BACK_FILL_SECONDS, planReads } from '#functions/ingestion/plan-reads.ts';

const STEP = 300;
const DAY = 86_400;
const NOW = 1_764_003_600;
const shop = { applicationId: 'shop' };
const blog = { applicationId: 'blog' };

describe('what is read', () => {
  test('begins at the newest stored point of each group, with an overlap', () => {
    const last = new Map([
      ['shop', NOW - STEP],
      ['blog', NOW - 2 * STEP],
    ]);
    const time = { nowSeconds: NOW + 17, stepSeconds: STEP };
    expect(planReads([shop, blog], last, time)).toEqual({
      fresh: {
        groups: [shop, blog],
        range: { fromSeconds: NOW - 2 * STEP - 1800, toSeconds: NOW },
      },
      backFills: [],
    });
  });

  test('of a new group goes back as far as CloudWatch keeps five minutes', () => {
    const { fresh, backFills } = planReads([shop], new Map(), {
      nowSeconds: NOW,
      stepSeconds: STEP,
    });
    expect(fresh).toBeNull();
    const parts = backFills[0]!.parts;
    expect(parts).toHaveLength(9);
    expect(parts[0]?.fromSeconds).toBe(NOW - BACK_FILL_SECONDS);
  });

  test('always reaches from the watermark to now without a hole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * DAY }), (age) => {
        const last = NOW - age;
        const plan = planReads([shop], new Map([['shop', last]]), {
          nowSeconds: NOW,
          stepSeconds: STEP,
        });
        const parts = plan.fresh ? [plan.fresh.range] : plan.backFills[0]!.parts;
        expect(parts[0]!.fromSeconds).toBeLessThanOrEqual(Math.max(last, NOW - BACK_FILL_SECONDS));
        expect(parts.at(-1)!.toSeconds).toBe(NOW);
        parts.slice(1).forEach((part, k) => expect(part.fromSeconds).toBe(parts[k]!.toSeconds));
      }),
    );
  });
});

/** A source that measures one core in every step, and fails where it is told to. */
function sourceFailing(fails: (fromSeconds: number) => boolean) {
  return (groups: readonly { readonly applicationId: string }[]): MetricSource => ({
    async *read({ fromSeconds, toSeconds }) {
      if (fails(fromSeconds)) throw new Error('throttled');
      for (const { applicationId } of groups) {
        const points = [];
        for (let t = fromSeconds; t < toSeconds; t += STEP) {
          const footprint = { cpu: 1, memory: null, disk: null, network: null };
          points.push({ timestampSeconds: t, footprint });
        }
        yield { applicationId, applicationType: null, points };
      }
    },
  });
}

function run(history: HistoryStore, nowSeconds: number, fails: (from: number) => boolean) {
  const ports = { history, sourceOf: sourceFailing(fails), report: () => undefined };
  return ingestGroups(ports, [shop], { nowSeconds, stepSeconds: STEP });
}

async function measuredSteps(history: HistoryStore, toSeconds: number): Promise<number> {
  const range = { fromSeconds: NOW - BACK_FILL_SECONDS, toSeconds };
  const { values } = await history.read('shop', range, STEP);
  return values.cpu.filter((value) => !Number.isNaN(value)).length;
}

test('a run that fails in between, and one that is missed, lose nothing', async () => {
  const history = createMemoryHistoryStore();
  const failed = await run(history, NOW, (from) => from > NOW - 30 * DAY);
  expect(failed.failures).toBe(1);
  expect(await measuredSteps(history, NOW)).toBeLessThan(BACK_FILL_SECONDS / STEP);
  const later = NOW + 3 * STEP;
  const whole = await run(history, later, () => false);
  expect(whole.failures).toBe(0);
  expect(await measuredSteps(history, later)).toBe(BACK_FILL_SECONDS / STEP + 3);
});
