import { describe, expect, it } from 'vitest';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import type { Trace } from '#adapters/local/traces/trace.ts';
import {
  at,
  gzipped,
  inputFile,
  MONDAY,
  parquetFile,
  TRACE_HEADER,
  traceCsv,
} from '#test/adapters/local/input-files.ts';

const cpuOf = (trace: Trace, id: string) => [
  ...(trace.applications.find((a) => a.applicationId === id)?.window.values.cpu ?? []),
];
const steps = (count: number, from = 0) => Array.from({ length: count }, (_, k) => from + k);

describe('readTrace', () => {
  it('reads all four resources, and empty cells as gaps', async () => {
    const trace = await readTrace([
      await traceCsv(`a,${at(0)},0.5,1000,3,4`, `a,${at(1)},,2000,,`, `a,${at(3)},1e1,,0,`),
    ]);
    expect(trace).toMatchObject({ startSeconds: MONDAY, stepSeconds: 300, steps: 4, notices: [] });
    const [{ applicationId, applicationType, window }] = trace.applications as [
      Trace['applications'][number],
    ];
    expect([applicationId, applicationType]).toEqual(['a', null]);
    expect(window).toMatchObject({ startSeconds: MONDAY, stepSeconds: 300 });
    expect([...window.values.cpu]).toEqual([0.5, NaN, NaN, 10]);
    expect([...window.values.memory]).toEqual([1000, 2000, NaN, NaN]);
    expect([...window.values.disk]).toEqual([3, NaN, NaN, 0]);
    expect([...window.values.network]).toEqual([4, NaN, NaN, NaN]);
  });

  it('knows a simulated trace by its column, in whatever file it stands', async () => {
    const rows = (said: string) => `application_id,timestamp,cpu,simulated\na,${at(0)},1,${said}\n`;
    const simulated = async (said: string) =>
      (await readTrace([await inputFile('trace.csv', rows(said))])).simulated;
    expect(await simulated('true')).toBe(true);
    expect(await simulated('false')).toBe(false);
    expect(await simulated('')).toBe(false);
    const parquet = await parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' AS timestamp, 1.0 AS cpu, true AS simulated`,
    );
    expect((await readTrace([parquet])).simulated).toBe(true);
  });

  it('takes columns in any order, leaves unknown ones alone and needs only one resource', async () => {
    const path = await inputFile(
      'trace.csv',
      `\uFEFF"host", Timestamp ,cpu,application_type,application_id\r\nx,${at(0)},1,web,"a, b"\r\ny,${at(1)},2,,"a, b"\r\n`,
    );
    const trace = await readTrace([path]);
    expect(trace.applications.map((a) => [a.applicationId, a.applicationType])).toEqual([
      ['a, b', 'web'],
    ]);
    expect(cpuOf(trace, 'a, b')).toEqual([1, 2]);
  });

  it.each([
    ['Z', '2026-01-05T00:00:00Z', '2026-01-05T00:05:00Z'],
    ['no zone, which is UTC', '2026-01-05T00:00:00', '2026-01-05T00:05:00'],
    ['a blank instead of T', '2026-01-05 00:00:00', '2026-01-05 00:05:00'],
    ['an offset', '2026-01-05T02:00:00+02:00', '2026-01-04 23:05:00-01'],
    ['no seconds', '2026-01-05T00:00', '2026-01-05T00:05'],
  ])('understands times with %s', async (_, first, second) => {
    const trace = await readTrace([await traceCsv(`a,${first},1,,,`, `a,${second},2,,,`)]);
    expect(trace.startSeconds).toBe(MONDAY);
    expect(cpuOf(trace, 'a')).toEqual([1, 2]);
  });

  it('reads the same from CSV, CSV.gz and Parquet', async () => {
    const lines = steps(50).map((k) => `a,${at(k)},${k / 7},${k * 1e6},${k},${2 * k}`);
    const text = [TRACE_HEADER, ...lines].join('\n');
    const csv = await inputFile('trace.csv', text);
    const gz = await inputFile('trace.csv.gz', gzipped(text));
    const parquet = await parquetFile(
      `SELECT application_id, "timestamp"::TIMESTAMP AS "timestamp", cpu::DOUBLE AS cpu, memory::BIGINT AS memory,
              disk::INTEGER AS disk, network::FLOAT AS network FROM '${csv}'`,
    );
    const [a, b, c] = [await readTrace([csv]), await readTrace([gz]), await readTrace([parquet])];
    expect(a.steps).toBe(50);
    expect(b.applications).toEqual(a.applications);
    expect(c.applications).toEqual(a.applications);
  });

  it.each(['TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMPTZ', 'VARCHAR'])(
    'reads Parquet times of type %s as UTC',
    async (type) => {
      const time = (t: string) =>
        `(TIMESTAMP '2026-01-05 00:0${t}:00'${type === 'TIMESTAMPTZ' ? " AT TIME ZONE 'UTC'" : ''})::${type}`;
      const path = await parquetFile(
        `SELECT 'a' AS application_id, ${time('0')} AS "timestamp", 1 AS cpu
         UNION ALL SELECT 'a', ${time('5')}, 2`,
      );
      const trace = await readTrace([path]);
      expect([trace.startSeconds, trace.stepSeconds]).toEqual([MONDAY, 300]);
    },
  );

  it('keeps the order of a large Parquet file, in which later rows replace earlier ones', async () => {
    const path = await parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' + INTERVAL (300 * (k % 1000)) SECOND AS "timestamp",
              k AS cpu FROM range(300000) t(k)`,
      ', ROW_GROUP_SIZE 4096',
    );
    const trace = await readTrace([path]);
    expect(cpuOf(trace, 'a')).toEqual(steps(1000, 299_000));
    expect(trace.notices).toEqual([
      '299 rows were not in time order, or the clock jumped back (a)',
      '299000 rows repeat the time of an earlier row: the last one counts (a)',
    ]);
  });

  it('takes NaN in a Parquet file for "not measured"', async () => {
    const path = await parquetFile(
      `SELECT 'a' AS application_id, TIMESTAMP '2026-01-05' AS "timestamp", 'NaN'::DOUBLE AS cpu, 5 AS memory`,
    );
    const trace = await readTrace([path]);
    expect(cpuOf(trace, 'a')).toEqual([NaN]);
  });

  it('puts all applications of all files on one grid, in the order of their identifiers', async () => {
    const first = await traceCsv(`b,${at(2)},1,,,`, `b,${at(3)},2,,,`);
    const second = await traceCsv(`a,${at(0)},3,,,`, `a,${at(1)},4,,,`, `b,${at(3)},9,,,`);
    const trace = await readTrace([first, second]);
    expect(trace.sources).toEqual([first, second]);
    expect(trace.applications.map((a) => a.applicationId)).toEqual(['a', 'b']);
    expect(cpuOf(trace, 'a')).toEqual([3, 4, NaN, NaN]);
    expect(cpuOf(trace, 'b')).toEqual([NaN, NaN, 1, 9]);
  });

  it('sorts unsorted rows and says so', async () => {
    const order = [7, 2, 9, 0, 5, 1, 8, 3, 6, 4];
    const trace = await readTrace([await traceCsv(...order.map((k) => `a,${at(k)},${k},,,`))]);
    expect(cpuOf(trace, 'a')).toEqual(steps(10));
    expect(trace.notices).toEqual(['5 rows were not in time order, or the clock jumped back (a)']);
  });

  it('lets the last of duplicate rows count, cell by cell, and says so', async () => {
    const trace = await readTrace([
      await traceCsv(`a,${at(0)},1,10,,`, `a,${at(0)},2,,,`, `a,${at(1)},3,,,`, `a,${at(1)},3,,,`),
    ]);
    expect(cpuOf(trace, 'a')).toEqual([2, 3]);
    expect(trace.applications[0]?.window.values.memory[0]).toBe(10);
    expect(trace.notices).toEqual([
      '2 rows repeat the time of an earlier row: the last one counts (a)',
    ]);
  });

  it('reads one single point on the default step', async () => {
    const trace = await readTrace([await traceCsv(`a,${at(7)},1,,,`)]);
    expect(trace).toMatchObject({ stepSeconds: 300, steps: 1, startSeconds: MONDAY + 7 * 300 });
    expect(cpuOf(trace, 'a')).toEqual([1]);
  });

  it('keeps an application with nothing measured and says so', async () => {
    const trace = await readTrace([await traceCsv(`a,${at(0)},1,,,`, `idle,${at(0)},,,,`)]);
    expect(trace.applications.map((a) => a.applicationId)).toEqual(['a', 'idle']);
    expect(cpuOf(trace, 'idle')).toEqual([NaN]);
    expect(trace.notices).toEqual(['1 application has nothing measured (idle)']);
  });

  it.each([
    ['60 s', undefined, 60],
    ['7 minutes, not told', undefined, 420],
    ['one hour, told', 3600, 3600],
  ])('infers a step of %s', async (_, told, seconds) => {
    const lines = steps(20).map(
      (k) =>
        `a,${new Date((MONDAY - (MONDAY % seconds) + k * seconds) * 1000).toISOString()},${k},,,`,
    );
    const trace = await readTrace([await traceCsv(...lines)], { stepSeconds: told });
    expect(trace.stepSeconds).toBe(seconds);
    expect(cpuOf(trace, 'a')).toEqual(steps(20));
  });

  it('moves times that jitter around the step, and neither doubles nor loses one', async () => {
    const jitter = [0, 7, -11, 3, -20, 14, 1, -2, 19, -5];
    const lines = steps(40).map((k) => `a,${at(k, jitter[k % 10])},${k},,,`);
    const trace = await readTrace([await traceCsv(...lines)]);
    expect(trace).toMatchObject({ startSeconds: MONDAY, stepSeconds: 300 });
    expect(cpuOf(trace, 'a')).toEqual(steps(40));
    expect(trace.notices).toEqual([
      '36 times were moved to the start of their step, by up to 20 s (a)',
    ]);
  });

  it('moves times that keep an odd phase to the step in which they lie', async () => {
    // Half a step, where rounding without the phase would double every other step.
    const lines = steps(10).map((k) => `a,${at(k, 150 + (k % 2 ? 20 : -20))},${k},,,`);
    const trace = await readTrace([await traceCsv(...lines)]);
    expect(trace.startSeconds).toBe(MONDAY);
    expect(cpuOf(trace, 'a')).toEqual(steps(10));
  });

  it('loads a clock that jumps forward: a gap', async () => {
    const lines = steps(20).map((k) => `a,${at(k < 10 ? k : k + 12)},${k},,,`);
    const trace = await readTrace([await traceCsv(...lines)]);
    expect(cpuOf(trace, 'a')).toEqual([...steps(10), ...Array(12).fill(NaN), ...steps(10, 10)]);
  });

  it.each([
    ['on the grid', 0],
    ['off the grid', 130],
  ])('loads a clock that jumps back an hour, %s: what came last counts', async (_, shift) => {
    const lines = steps(60).map((k) => `a,${k < 30 ? at(k) : at(k - 12, shift)},${k},,,`);
    const trace = await readTrace([await traceCsv(...lines)]);
    expect(cpuOf(trace, 'a')).toEqual([...steps(18), ...steps(30, 30)]);
    expect(trace.notices[0]).toBe('1 row was not in time order, or the clock jumped back (a)');
  });

  it('accepts an application with many gaps beside a regular one', async () => {
    const sparse = [0, 1, 3, 6, 7, 11, 12, 14, 19].map((k) => `sparse,${at(k)},${k},,,`);
    const full = steps(20).map((k) => `full,${at(k)},${k},,,`);
    const trace = await readTrace([await traceCsv(...full, ...sparse)]);
    expect(trace.steps).toBe(20);
    expect(cpuOf(trace, 'sparse')[19]).toBe(19);
  });

  it('refuses no path and a step that is no whole number of seconds', async () => {
    await expect(readTrace([])).rejects.toThrow(RangeError);
    await expect(readTrace(['x.csv'], { stepSeconds: 0 })).rejects.toThrow(RangeError);
    await expect(readTrace(['x.csv'], { stepSeconds: 0.5 })).rejects.toThrow(RangeError);
  });
});
