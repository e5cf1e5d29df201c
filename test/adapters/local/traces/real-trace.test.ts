import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { measuredApplication, traceBatches } from '#adapters/local/traces/trace-batches.ts';
import type { TraceApplication } from '#adapters/local/traces/trace.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { countMeasured } from '#core/domain/measured.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const TRACE = new URL('../../../../../shared/data/bitbrains-rnd/2013-08.parquet', import.meta.url)
  .pathname;

/** Steps at which anything was measured. */
function measuredSteps({ window: { values } }: TraceApplication): number {
  const steps = Array.from(values.cpu, (_, k) => k);
  return steps.filter((k) => RESOURCES.some((name) => !Number.isNaN(values[name][k]))).length;
}

const pointsOf = (applications: readonly TraceApplication[]): number =>
  applications.reduce((sum, application) => sum + measuredSteps(application), 0);

it.skipIf(!existsSync(TRACE))(
  'imports 20 of 200 machines × 30 days, and reads back what the file holds (skipped without ../shared/data)',
  async () => {
    const trace = await readTrace([TRACE]);
    expect(trace).toMatchObject({ stepSeconds: 300, steps: 8640, notices: [] });
    expect(trace.applications).toHaveLength(200);
    expect(pointsOf(trace.applications)).toBe(1_720_427);
    const imported = trace.applications.filter((_, a) => a % 10 === 3);

    const directory = await temporaryDirectory();
    const store = await openLocalStore(directory);
    for (const round of [1, 2]) {
      // What is appended again is there already: a fifth of it shows that nothing is doubled.
      const given = imported.filter((_, a) => round === 1 || a % 5 === 3);
      for (const batch of traceBatches(given.map(measuredApplication))) {
        await store.history.append(batch);
      }
      const stored = await store.history.applications();
      expect(
        stored.reduce((sum, { points }) => sum + points, 0),
        `round ${round}`,
      ).toBe(pointsOf(imported));
    }
    const toSeconds = trace.startSeconds + trace.steps * 300;
    const range = { fromSeconds: trace.startSeconds, toSeconds };
    for (const { applicationId, window } of imported.filter((_, a) => a % 5 === 2)) {
      expect(countMeasured(window.values.network)).toBeGreaterThan(4000);
      expect(await store.history.read(applicationId, range, 300)).toEqual(window);
    }
    await store.close();
  },
);
