import type { OpenStore } from '#cli/store/with-store.ts';
import { perResource, type FootprintPoint } from '#core/domain/footprint.ts';
import { settingsFile } from '#core/domain/settings/settings-file.ts';
import type { LiveFleet } from '#html-report/live/live-application.ts';

const DAY = 86_400;
export const STEP = 900;
export const BEGIN = Date.UTC(2026, 4, 4) / 1000;

/** Cores that an application uses: a day with its peak at noon, and twice as much in the end. */
export function coresAt(seconds: number, doubledFrom = Infinity): number {
  const day = 6 - 4 * Math.cos((seconds / DAY) * 2 * Math.PI);
  return seconds >= doubledFrom ? 2 * day : day;
}

export interface AcceleratedRun {
  readonly directory: string;
  readonly intervals: number;
  readonly doubledFrom?: number;
  readonly onInterval?: (fleet: LiveFleet) => void;
}

/**
 * The loop of the server in simulated time: it sleeps by advancing the clock. Two applications with
 * five days of history are measured up to the moment; the cart says of itself that it is simulated.
 */
export async function runAccelerated(run: AcceleratedRun): Promise<LiveFleet> {
  const { directory, intervals, doubledFrom, onInterval } = run;
  const stop = new AbortController();
  let nowSeconds = BEGIN + 5 * DAY;
  let storedUntil = BEGIN;
  let latest: LiveFleet | null = null;
  const settings = settingsFile.parse({
    stepSeconds: STEP,
    resources: ['cpu'],
    training: { context: 192, horizon: 8, origins: 2, network: { epochs: 0 } },
  });
  const collect = async ({ history }: OpenStore) => {
    const points: FootprintPoint[] = [];
    for (; storedUntil + STEP <= nowSeconds; storedUntil += STEP) {
      const cpu = coresAt(storedUntil, doubledFrom);
      points.push({
        timestampSeconds: storedUntil,
        footprint: { ...perResource(() => null), cpu },
      });
    }
    const named = (applicationId: string) => ({ applicationId, applicationType: 'web', points });
    const cart = { ...named('shop/<b>cart</b>'), isSimulated: true };
    await history.append([named('shop/checkout'), cart]);
  };
  const { serveLoop } = await import('#cli/serve/serve-loop.ts');
  const { trainTask } = await import('#tasks/train-task.ts');
  await serveLoop({
    directory,
    settings,
    isStepGiven: true,
    clock: { nowSeconds: () => nowSeconds },
    signal: stop.signal,
    async sleep(seconds) {
      nowSeconds += seconds;
    },
    source: 'a test',
    collect,
    trainer: trainTask,
    publish(fleet) {
      latest = fleet;
      onInterval?.(fleet);
      if (fleet.health.intervals >= intervals) stop.abort();
    },
    print: () => undefined,
  });
  if (latest === null) throw new Error('no interval ended');
  return latest;
}
