import { expect, it } from 'vitest';
import { measuredApplication, traceBatches } from '#adapters/local/traces/trace-batches.ts';
import type { Trace } from '#adapters/local/traces/trace.ts';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { perResource } from '#core/domain/footprint.ts';

const STEPS = 60_000;

function traceOf(applications: number): Trace {
  return {
    sources: ['test'],
    startSeconds: 3000,
    stepSeconds: 300,
    steps: STEPS,
    notices: [],
    simulated: false,
    applications: Array.from({ length: applications }, (_, a) => ({
      applicationId: `app-${a}`,
      applicationType: a === 0 ? 'web' : null,
      window: {
        startSeconds: 3000,
        stepSeconds: 300,
        values: perResource((r) =>
          Float64Array.from({ length: STEPS }, (_v, k) => (r === 'cpu' && k % 3 > 0 ? k : NaN)),
        ),
      },
    })),
  };
}

it('gives every measured step once, in several batches of whole applications', async () => {
  const trace = traceOf(8);
  const batches = [...traceBatches(trace.applications.map(measuredApplication))];
  expect(batches.length).toBeGreaterThan(1);
  expect(batches.flat().map((entry) => entry.applicationId)).toEqual(
    trace.applications.map((application) => application.applicationId),
  );
  const store = createMemoryHistoryStore();
  for (const batch of batches) await store.append(batch);
  expect(await store.application('app-0')).toEqual({
    applicationId: 'app-0',
    applicationType: 'web',
    stepSeconds: 300,
    firstSeconds: 3300,
    lastSeconds: 3000 + (STEPS - 1) * 300,
    points: STEPS * (2 / 3),
  });
  const range = { fromSeconds: 3000, toSeconds: 3000 + STEPS * 300 };
  expect(await store.read('app-7', range, 300)).toEqual(trace.applications[7]?.window);
});

it('gives nothing for an application with nothing measured, but names it', () => {
  const trace = traceOf(1);
  trace.applications[0]?.window.values.cpu.fill(NaN);
  expect([...traceBatches(trace.applications.map(measuredApplication))]).toEqual([
    [{ applicationId: 'app-0', applicationType: 'web', points: [] }],
  ]);
});
