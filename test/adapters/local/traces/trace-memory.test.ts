import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPoints } from '#adapters/local/traces/read-points.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const START = Date.UTC(2026, 0, 5) / 1000;

interface Jobs {
  readonly jobs: number;
  readonly points: number;
  /** Minutes over which they begin. */
  readonly span: number;
}

/** Rows of jobs at one minute, each at its own time in the span, the last at its end. */
const rowsOf = ({ jobs, points, span }: Jobs): readonly string[] =>
  Array.from({ length: jobs }, (_, job) =>
    Array.from({ length: points }, (_, k) => {
      const minute = Math.round((job / (jobs - 1)) * span) + k;
      return `job-${job},${new Date((START + 60 * minute) * 1000).toISOString()},${k / 8}`;
    }),
  ).flat();

/** Bytes behind the arrays of all that an import holds of a trace, each buffer once. */
async function bytesOf(trace: Jobs): Promise<number> {
  const path = join(await temporaryDirectory(), 't.csv');
  const lines = ['application_id,timestamp,cpu', ...rowsOf(trace), ''];
  await writeFile(path, lines.join('\n'));
  const { applications } = await readPoints([path], { stepSeconds: 60 });
  expect(applications).toHaveLength(trace.jobs);
  const arrays = applications.flatMap(({ steps, values }) => [steps, ...values.values()]);
  const buffers = new Set(arrays.map(({ buffer }) => buffer));
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

it('an import holds what was measured, however many applications share it over whatever time', async () => {
  const traces = fc.record({
    jobs: fc.integer({ min: 2, max: 60 }),
    points: fc.integer({ min: 3, max: 40 }),
    span: fc.integer({ min: 1, max: 500_000 }),
  });
  await fc.assert(
    fc.asyncProperty(traces, async (trace) => {
      // A time and a value for each point, in arrays that are at most twice as long.
      expect(await bytesOf(trace)).toBeLessThanOrEqual(2 * 16 * trace.jobs * trace.points);
    }),
    { numRuns: 20 },
  );
});
