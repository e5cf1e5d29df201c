import { describe, expect, it } from 'vitest';
import { NO_INPUT_OPTIONS } from '#adapters/local/readings/input-options.ts';
import { readPoints } from '#adapters/local/traces/read-points.ts';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { traceBatches } from '#adapters/local/traces/trace-batches.ts';
import { at, inputErrorOf, inputFile, MONDAY, traceCsv } from '#test/adapters/local/input-files.ts';

const steps = (count: number, from = 0) => Array.from({ length: count }, (_, k) => from + k);
const iso = (seconds: number) => new Date((MONDAY + seconds) * 1000).toISOString();
const pointsOf = async (path: Promise<string>, options = {}) => {
  const { applications, notices } = await readPoints([await path], options);
  const points = [...traceBatches(applications)]
    .flat()
    .map(({ applicationId, points: all }) => [
      applicationId,
      all.map(({ timestampSeconds, footprint }) => [timestampSeconds - MONDAY, footprint.cpu]),
    ]);
  return { points: Object.fromEntries(points), applications, notices };
};

describe('applications that live shortly', () => {
  it('take memory for what was measured, not for the time between them', async () => {
    // 120 jobs of three hours within 28 days, at one minute: 120 × 40,320 slots on one grid.
    const jobs = steps(120).map((job) => ({
      id: `job-${job}`,
      start: ((job * 7919) % 40_000) * 60,
    }));
    const lines = jobs.flatMap(({ id, start }) =>
      steps(180).map((k) => `${id},${iso(start + 60 * k)},${k / 8}`),
    );
    const path = await inputFile('t.csv', ['application_id,timestamp,cpu', ...lines].join('\n'));
    const { applications, notices } = await readPoints([path]);
    expect(notices).toEqual([]);
    expect(applications).toHaveLength(120);
    for (const { stepSeconds, steps: own, values } of applications) {
      expect([stepSeconds, own.length]).toEqual([60, 180]);
      expect([...values.keys()]).toEqual(['cpu']);
    }
  });

  it('come in batches, a long one in several', async () => {
    const { applications } = await pointsOf(traceCsv(...steps(5).map((k) => `a,${at(k)},${k},,,`)));
    const [short] = applications;
    const long = {
      ...short!,
      steps: Float64Array.from(steps(450_000)),
      values: new Map([['cpu', new Float64Array(450_000)]] as const),
    };
    const batches = [...traceBatches([long, short!])].map((batch) =>
      batch.map(({ points }) => points.length),
    );
    expect(batches).toEqual([[200_000], [200_000], [50_000, 5]]);
  });
});

describe('what is measured now and then is imported', () => {
  it('on its own grid', async () => {
    const places = steps(200).map((k) => 13 * k + ((k * k * 31) % 12));
    const lines = places.map((place, k) => `fn,${at(place)},${k},,,`);
    const { points, notices } = await pointsOf(traceCsv(...lines));
    expect(points['fn']).toEqual(places.map((place, k) => [place * 300, k]));
    expect(notices).toEqual([]);
  });

  it('beside applications on other steps, each on its own', async () => {
    const minutes = steps(30).map((k) => `m,${iso(60 * k)},${k},,,`);
    const hours = steps(30).map((k) => `h,${iso(3600 * k)},${k},,,`);
    const { applications } = await pointsOf(traceCsv(...minutes, ...hours));
    expect(applications.map(({ stepSeconds }) => stepSeconds)).toEqual([3600, 60]);
  });

  const mixed = () => {
    const old = steps(50).map((k) => `a,${at(k)},${k},8,,`);
    const young = steps(50).map((k) => `a,${iso(50 * 300 + 60 * k)},${k % 5},${k % 5},,`);
    return traceCsv(...old, ...young);
  };

  it('averaged over the longest step of a history that changed it, with one notice', async () => {
    const { points, notices, applications } = await pointsOf(mixed());
    expect(points['a']).toEqual(steps(60).map((k) => [k * 300, k < 50 ? k : 2]));
    expect(applications[0]!.values.get('memory')![55]).toBe(4);
    expect(notices).toEqual(['1 application has steps from 60 s on: averaged over 300 s (a)']);
  });

  it('averaged over the step that is told, and over the one that is stored', async () => {
    const young = () => traceCsv(...steps(50).map((k) => `a,${iso(60 * k)},${k % 5},,,`));
    for (const options of [{ stepSeconds: 300 }, { storedStep: () => 300 }]) {
      const { points } = await pointsOf(young(), options);
      expect(points['a']).toEqual(steps(10).map((k) => [k * 300, 2]));
    }
    const { points } = await pointsOf(young(), { storedStep: () => 60 });
    expect(points['a']).toHaveLength(50);
    expect((await pointsOf(mixed(), { stepSeconds: 300 })).points['a']).toHaveLength(60);
  });

  it('averaged from fractions of a second over whole ones', async () => {
    const lines = steps(40).map((k) => `a,${iso(0.25 * k)},${k % 4},,,`);
    const { points } = await pointsOf(traceCsv(...lines));
    expect(points['a']).toEqual(steps(10).map((k) => [k, 1.5]));
  });

  it('without what has no step, which is left out and named', async () => {
    const good = steps(50).map((k) => `good,${at(k)},${k},,,`);
    const bad = steps(50).map((k) => `bad,${iso(k * 400 + ((k * k * 7919) % 390))},1,,,`);
    const wrong = [`wrong,${at(0)},1,,,`, `wrong,2626-01-01T00:00:00Z,1,,,`];
    const { points, notices } = await pointsOf(traceCsv(...good, ...bad, ...wrong));
    expect(Object.keys(points)).toEqual(['good']);
    expect(notices).toEqual([
      expect.stringMatching(/^left out: application bad has times without a regular step/),
      expect.stringMatching(
        /^left out: application wrong spreads 2 rows from 2026-01-05 to 2626-01-01/,
      ),
    ]);
    const error = await inputErrorOf(readPoints([await traceCsv(...bad)]));
    expect(error.problem).toMatch(/^application bad has times without a regular step/);
  });
});

describe('readTrace', () => {
  it('leaves out what does not fit the step of the others, and names it', async () => {
    const lines = ['x', 'y'].flatMap((id) => steps(24).map((k) => `${id},${at(k)},1,,,`));
    const hourly = steps(12).map((k) => `z,${at(12 * k)},1,,,`);
    const trace = await readTrace([await traceCsv(...lines, ...hourly)]);
    expect(trace.applications.map(({ applicationId }) => applicationId)).toEqual(['x', 'y']);
    expect(trace.notices).toEqual(['left out: application z has a step of 3600 s, not of 300 s']);
  });

  it('averages what is measured more often than the others', async () => {
    const lines = ['x', 'y'].flatMap((id) => steps(24).map((k) => `${id},${at(k)},1,,,`));
    const minutes = steps(60).map((k) => `z,${iso(60 * k)},${k % 5},,,`);
    const { applications, stepSeconds } = await readTrace([await traceCsv(...lines, ...minutes)]);
    expect(stepSeconds).toBe(300);
    expect([...applications[2]!.window.values.cpu.slice(0, 13)]).toEqual([
      ...Array(12).fill(2),
      NaN,
    ]);
  });
});

describe('steps that are longer than those of footprints', () => {
  const monthly = (write: (month: string) => string) =>
    ['01', '02', '03', '04', '05', '06'].map((month, k) => `web,${write(month)},${k}`);

  it.each([
    ['months in digits', monthly((month) => `2026${month}`), '30.2'],
    ['months', monthly((month) => `2026-${month}`), '30.2'],
    ['ends of months', ['web,2026-01-31,1', 'web,2026-02-28,2', 'web,2026-03-31,3'], '29.5'],
    ['weeks', steps(6).map((k) => `web,${iso(k * 604_800)},${k}`), '7'],
  ])('are refused, not moved: %s', async (_, lines, days) => {
    const path = await inputFile('t.csv', ['application_id,timestamp,cpu', ...lines].join('\n'));
    const problem = `application web has a step of ${days} days, and that of footprints is at most a day; "foreprint forecast" takes longer ones, and months`;
    for (const read of [readPoints, readTrace]) {
      expect(await inputErrorOf(read([path]))).toMatchObject({ column: 'timestamp', problem });
    }
  });

  it('but a day is none of them, also where the clocks are changed', async () => {
    const days = steps(9).map((k) => `web,2026-03-${21 + k},${k}`);
    const zone = { ...NO_INPUT_OPTIONS, timeZone: 'Europe/Berlin' };
    const path = await inputFile('t.csv', ['application_id,timestamp,cpu', ...days].join('\n'));
    const { applications } = await readPoints([path], { input: zone });
    expect(applications.map(({ stepSeconds }) => stepSeconds)).toEqual([86_400]);
    expect([...applications[0]!.values.get('cpu')!]).toEqual(steps(9));
  });

  it('leave out an application beside others', async () => {
    const long = steps(8).map((k) => `long,${iso(k * 604_800)},${k}`);
    const lines = [...steps(30).map((k) => `web,${at(k)},${k}`), ...long];
    const path = await inputFile('t.csv', ['application_id,timestamp,cpu', ...lines].join('\n'));
    const { applications, notices } = await readPoints([path]);
    expect(applications.map(({ applicationId }) => applicationId)).toEqual(['web']);
    expect(notices).toEqual([
      expect.stringMatching(/^left out: application long has a step of 7 /),
    ]);
  });
});
