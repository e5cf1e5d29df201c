import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { BEGIN, runAccelerated, STEP } from './accelerated-loop.ts';

const DAY = 86_400;
const MIB = 2 ** 20;

/** Bytes in use after garbage is collected. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed;
}

describe('the loop of the server in simulated time', () => {
  it('follows what is used, survives restarts, and its memory stays flat', async () => {
    const directory = await temporaryDirectory();
    const wanted: number[] = [];
    const forecasts = new Set<number>();
    const heaps: number[] = [];
    const doubledFrom = BEGIN + 5 * DAY + 10 * STEP;
    const fleet = await runAccelerated({
      directory,
      intervals: 48,
      doubledFrom,
      onInterval({ applications, health }) {
        const [first] = applications;
        wanted.push(first?.decision.instances ?? 0);
        forecasts.add(first?.forecast.cpu?.originSeconds ?? 0);
        if (health.intervals % 16 === 0) heaps.push(heapBytes());
      },
    });
    expect(fleet.health).toMatchObject({ intervals: 48, failedIntervals: 0, failures: [] });
    expect(fleet.applications.map(({ applicationId }) => applicationId)).toEqual([
      'shop/<b>cart</b>',
      'shop/checkout',
    ]);
    expect(fleet.applications[1]?.decision.reason.source).toBe('forecast');
    // From midnight to noon, and doubled: several times as much.
    expect(wanted.at(-1)!).toBeGreaterThan(2 * wanted[0]!);
    // One of each interval, and none before the first training.
    expect(forecasts.size).toBe(49);
    expect(heaps[2]! - heaps[1]!).toBeLessThan(8 * MIB);
    const check = await runInDirectory(directory, 'store', 'check', '--store', directory);
    expect(check).toMatchObject({ status: 0 });

    const again = await runAccelerated({ directory, intervals: 1, doubledFrom });
    expect(again.applications[1]?.decision.applicationId).toBe('shop/checkout');
  });
});
