import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LARGEST_BYTES } from '#adapters/local/candidates/read-candidate-files.ts';
import { withCandidates } from '#cli/work/open-candidates.ts';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { dailySeries } from '#test/models/synthetic-series.ts';

const GOOD = fileURLToPath(
  new URL('../../models/families/external/golden/naive-day.onnx', import.meta.url),
);
const SHAPE = { stepSeconds: 3600, context: 48, horizon: 30, levels: [0.1, 0.5, 0.9] };
/** "Trained until 1970": before any validation begins. */
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 1 };
const USE = {
  series: dailySeries(500),
  shape: { ...SHAPE, context: 168, horizon: 24 },
  measure: { resource: 'cpu', unit: 'cores' },
};

/** A model whose quantiles are all the mean of the history, after some more work. */
function meanModel(
  name: string,
  work: (graph: GraphBuilder, mean: Tensor) => Tensor,
  trainedToSeconds = METADATA.trainedToSeconds,
) {
  const columns = SHAPE.levels.length;
  const model: ForecastModel = {
    name,
    shape: SHAPE,
    forecast: () => new Float64Array(),
    addTo: (graph, { history }, { first, last }) => {
      const rows = last - first + 1;
      const mean = work(graph, graph.op('ReduceMean', [history], { axes: [1], keepdims: 1 }));
      const size = rows * columns;
      const ones = graph.floats(new Float32Array(size).fill(1), [1, size]);
      const all = graph.op('MatMul', [mean, ones]);
      return graph.op('Reshape', [all, graph.ints([-1, rows, columns], [3])]);
    },
  };
  return exportModel(model, { ...METADATA, trainedToSeconds });
}

/** Some 10^13 operations: minutes. */
const slowModel = () =>
  meanModel('slow', (graph, mean) => {
    const size = graph.ints([4000, 4000], [2]);
    const first = graph.op('ReduceMean', [mean], { axes: [0], keepdims: 1 });
    let square = graph.op('Expand', [first, size]);
    for (let k = 0; k < 80; k++) {
      square = graph.op('Relu', [graph.op('MatMul', [square, square])]);
    }
    const some = graph.op('ReduceMean', [square], { axes: [0, 1], keepdims: 1 });
    return graph.op('Add', [mean, graph.op('Mul', [some, graph.floats([0], [1])])]);
  });

const negativeModel = () => meanModel('negative', (graph, mean) => graph.op('Neg', [mean]));

const REASONS: readonly (readonly [file: string, reason: RegExp])[] = [
  ['cut.onnx', /unusable model file/],
  ['huge.onnx', /it has 10000001 bytes, at most 10000000 are accepted/],
  ['negative.onnx', /its forecast 1 steps ahead is negative/],
  ['renamed.onnx', /Graph output \(spread_narrow\) does not exist in the graph/],
  ['shape.onnx', /output "quantiles" is float32 \[batch, 30, 3\], expected float32 \[any, 31, 3\]/],
  ['slow.onnx', /it took longer than 1.5 s/],
  ['text.onnx', /unusable model file/],
];

it('files compete where they keep the contract, and are refused in one message each where not', async () => {
  const directory = await temporaryDirectory();
  const write = (name: string, bytes: Uint8Array | string) =>
    writeFile(join(directory, name), bytes);
  const good = await readFile(GOOD);
  await write('good.onnx', good);
  await write('cut.onnx', good.subarray(0, 700));
  await write(
    'late.onnx',
    meanModel('late', (_, mean) => mean, Date.UTC(2040, 0) / 1000),
  );
  await write('huge.onnx', Buffer.alloc(LARGEST_BYTES + 1));
  await write('negative.onnx', negativeModel());
  const claim = (horizon: number) => `foreprint.horizon\x12\x02${horizon}`;
  const shape = good.toString('latin1').replace(claim(30), claim(31));
  await write('shape.onnx', Buffer.from(shape, 'latin1'));
  // ONNX Runtime says this with a line end behind it.
  const renamed = good.toString('latin1').replace('spread_narrow', 'spreaD_narrow');
  await write('renamed.onnx', Buffer.from(renamed, 'latin1'));
  await write('slow.onnx', slowModel());
  await write('text.onnx', 'no model');
  await write('notes.txt', 'no candidate');

  const notes: string[] = [];
  const limits = { loadMs: 20_000, forecastMs: 1500 };
  const note = (message: string) => void notes.push(message);
  await withCandidates({ directory, note, limits }, async (candidates) => {
    const competing = await candidates.competing(USE);
    const rolled = competing.filter((candidate) => 'rolled' in candidate);
    expect(rolled.map(({ name }) => name)).toEqual(['naive-day (good.onnx)', 'late (late.onnx)']);
    expect(await candidates.competing(USE)).toHaveLength(competing.length);
    const measure = { resource: 'memory', unit: 'bytes' };
    expect(await candidates.competing({ ...USE, measure })).toEqual([]);
  });
  for (const [file, reason] of REASONS) {
    const about = notes.filter((message) => message.includes(file));
    expect(about).toHaveLength(1);
    expect(about[0]).toMatch(new RegExp(`^candidate ${file} is rejected: `));
    expect(about[0]).toMatch(reason);
    expect(about[0]).not.toMatch(/[\r\n]/);
  }
  const isLate = notes.filter((message) =>
    message.includes('late.onnx was trained on data after 20'),
  );
  expect(isLate).toHaveLength(1);
  expect(notes).toHaveLength(REASONS.length + 1);
});

/** Repeats what was 36 hours before. */
const period36 = () => {
  const model: ForecastModel = {
    name: 'period-36',
    shape: SHAPE,
    forecast: () => new Float64Array(),
    addTo: (graph, { history }, { first, last }) => {
      const size = 3 * (last - first + 1);
      const indices = Array.from({ length: size }, (_, k) => 11 + first + Math.floor(k / 3));
      const all = graph.op('Gather', [history, graph.ints(indices, [size])], { axis: 1 });
      return graph.op('Reshape', [all, graph.ints([-1, size / 3, 3], [3])]);
    },
  };
  return exportModel(model, METADATA);
};

/**
 * Something new at every hour, and all of it again after a day and a half: the seasons of our
 * models are of no use.
 */
const HOURS = 500;
const valueAt = (hour: number): number => 10 + 8 * Math.sin((hour % 36) ** 2);
const timeAt = (hour: number): string =>
  new Date(Date.UTC(2024, 0, 1) + hour * 3_600_000).toISOString();
const perHour = (row: (hour: number) => string): string[] =>
  Array.from({ length: HOURS }, (_, hour) => row(hour));

describe('the command line', () => {
  const isFile = 'period-36 (period.onnx)';

  async function withOwnModels() {
    const directory = await temporaryDirectory();
    const file = (name: string) => join(directory, name);
    await mkdir(file('own'));
    await writeFile(file('own/period.onnx'), period36());
    await writeFile(file('own/broken.onnx'), 'no model');
    const run = async (...args: readonly string[]) => {
      const result = await runCli(directory, ...args);
      expect(result.stderr).not.toContain('foreprint:');
      expect(result.status).toBe(0);
      return result;
    };
    return { directory, file, run };
  }

  it('trains a file that wins into the model that is allocated with', async () => {
    const { directory, file, run } = await withOwnModels();
    const rows = perHour((hour) => `shop,${timeAt(hour)},${valueAt(hour)},1000`);
    await writeFile(file('t.csv'), ['application_id,timestamp,cpu,memory', ...rows].join('\n'));
    const training = { context: 168, horizon: 24, origins: 2 };
    const config = { stepSeconds: 3600, resources: ['cpu'], training };
    await writeFile(file('c.json'), JSON.stringify(config));
    await run('import', 't.csv');
    const settings = ['--config', 'c.json'];
    const trained = await run('train', ...settings, '--candidates', 'own');
    expect(trained.stderr).toContain('candidate broken.onnx is rejected: unusable model file');
    await run('profile', 'shop', '--json', 'p.json');
    const { cpu } = JSON.parse(await readFile(file('p.json'), 'utf8')).predictive_model;
    expect(cpu.model).toBe(isFile);
    expect(cpu.cross_validation.find((row: { selected: boolean }) => row.selected)).toMatchObject({
      model: isFile,
      loss: expect.closeTo(0, 3),
    });
    await run('allocate', 'shop', ...settings, '--json', 'a.json');
    const { reason } = JSON.parse(await readFile(file('a.json'), 'utf8'));
    expect(reason.source).toBe('forecast');

    const missing = await runCli(directory, 'train', ...settings, '--candidates', 'none');
    expect(missing.status).not.toBe(0);
    expect(missing.stderr).toContain('none: cannot be read as a directory of candidates');
  });

  it('forecasts with a file that wins', async () => {
    const { file, run } = await withOwnModels();
    const rows = perHour((hour) => `a,${timeAt(hour)},${valueAt(hour)}`);
    await writeFile(file('s.csv'), ['unique_id,ds,y', ...rows].join('\n'));
    const wanted = ['--horizon', '24', '--season', '24', '--levels', '0.5', '--out', 'f.csv'];
    const { stdout, stderr } = await run('forecast', 's.csv', ...wanted, '--candidates', 'own');
    expect(stderr).toContain('candidate broken.onnx is rejected');
    expect(stdout).toContain(`windows by model: ${isFile} 1`);
    const lines = (await readFile(file('f.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(lines).toHaveLength(24);
    lines.forEach((line, k) => {
      expect(Number(line.split(',').at(-1))).toBeCloseTo(valueAt(HOURS + k), 3);
    });
  });
});
