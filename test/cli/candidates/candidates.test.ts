import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_BYTES } from '#adapters/local/candidates/read-candidate-files.ts';
import { withCandidates } from '#cli/candidates/open-candidates.ts';
import type { BroughtCandidate } from '#models/brought/brought-candidate.ts';
import type { ForecastModel } from '#models/forecast-model.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import type { GraphBuilder, Tensor } from '#models/onnx/graph-builder.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { dailySeries } from '#test/models/synthetic-series.ts';
import { runCli } from '../run-cli.ts';
import { smallTrace } from '../small-trace.ts';

const GOOD = fileURLToPath(new URL('../../models/brought/golden/naive-day.onnx', import.meta.url));
const SHAPE = { stepSeconds: 3600, context: 48, horizon: 30, levels: [0.1, 0.5, 0.9] };
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 1 };
const USE = {
  series: dailySeries(500),
  shape: { ...SHAPE, context: 168, horizon: 24 },
  measure: { resource: 'cpu', unit: 'cores' },
};

/** A model whose quantiles are all the mean of the history, after some more work. */
function meanModel(name: string, work: (graph: GraphBuilder, mean: Tensor) => Tensor) {
  const [rows, columns] = [SHAPE.horizon, SHAPE.levels.length];
  const model: ForecastModel = {
    name,
    shape: SHAPE,
    forecast: () => new Float64Array(),
    addTo: (graph, { history }) => {
      const mean = work(graph, graph.op('ReduceMean', [history], { axes: [1], keepdims: 1 }));
      const all = graph.op('MatMul', [mean, graph.floats(new Float32Array(90).fill(1), [1, 90])]);
      return graph.op('Reshape', [all, graph.ints([-1, rows, columns], [3])]);
    },
  };
  return exportModel(model, METADATA);
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

describe('the files of a directory', () => {
  let directory: string;
  const notes: string[] = [];
  let competing: readonly BroughtCandidate[] = [];
  let forMemory: readonly BroughtCandidate[] = [];

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const good = await readFile(GOOD);
    await copyFile(GOOD, join(directory, 'good.onnx'));
    await writeFile(join(directory, 'cut.onnx'), good.subarray(0, 700));
    await writeFile(join(directory, 'huge.onnx'), Buffer.alloc(LARGEST_BYTES + 1));
    await writeFile(join(directory, 'negative.onnx'), negativeModel());
    const wrong = good
      .toString('latin1')
      .replace('foreprint.horizon\x12\x0230', 'foreprint.horizon\x12\x0231');
    await writeFile(join(directory, 'shape.onnx'), Buffer.from(wrong, 'latin1'));
    await writeFile(join(directory, 'slow.onnx'), slowModel());
    await writeFile(join(directory, 'text.onnx'), 'no model');
    await writeFile(join(directory, 'notes.txt'), 'no candidate');
    const limits = { loadMs: 20_000, forecastMs: 1500 };
    const note = (message: string) => void notes.push(message);
    await withCandidates({ directory, note, limits }, async (candidates) => {
      competing = await candidates.competing(USE);
      await candidates.competing(USE);
      const measure = { resource: 'memory', unit: 'bytes' };
      forMemory = await candidates.competing({ ...USE, measure });
    });
  }, 60_000);

  it('compete where they keep the contract, for the resource that they name', () => {
    const rolled = competing.filter((candidate) => 'rolled' in candidate);
    expect(rolled.map(({ name }) => name)).toEqual(['naive-day (good.onnx)']);
    expect(forMemory).toEqual([]);
  });

  it.each([
    ['cut.onnx', /unusable model file/],
    ['huge.onnx', /it is 10000001 bytes large, at most 10000000 are taken/],
    ['negative.onnx', /its forecast 1 steps ahead is negative/],
    [
      'shape.onnx',
      /output "quantiles" is float32 \[batch, 30, 3\], expected float32 \[any, 31, 3\]/,
    ],
    ['slow.onnx', /it took longer than 1.5 s/],
    ['text.onnx', /unusable model file/],
  ])('are refused in one message: %s', (file, reason) => {
    const about = notes.filter((note) => note.includes(file));
    expect(about).toHaveLength(1);
    expect(about[0]).toMatch(new RegExp(`^candidate ${file} is refused: `));
    expect(about[0]).toMatch(reason);
  });

  it('are told of and nothing else is', () => {
    expect(notes).toHaveLength(6);
  });
});

describe('the command line', () => {
  it('lets files compete in train and forecast, keeps what wins, and goes on without what it refuses', async () => {
    const directory = await temporaryDirectory();
    const file = (name: string) => join(directory, name);
    await mkdir(file('own'));
    await copyFile(GOOD, file('own/good.onnx'));
    await writeFile(file('own/broken.onnx'), 'no model');
    await writeFile(file('t.csv'), smallTrace({ applications: ['shop'], hours: 400 }));
    const config = {
      stepSeconds: 3600,
      resources: ['cpu'],
      training: { context: 168, horizon: 24, origins: 4 },
    };
    await writeFile(file('c.json'), JSON.stringify(config));
    expect((await runCli(directory, 'import', 't.csv')).status).toBe(0);
    const own = ['--candidates', 'own'];
    const trained = await runCli(directory, 'train', '--config', 'c.json', ...own);
    expect(trained.stderr).toContain('candidate broken.onnx is refused: unusable model file');
    expect(trained.status).toBe(0);
    await runCli(directory, 'profile', 'shop', '--json', 'p.json');
    const profile = JSON.parse(await readFile(file('p.json'), 'utf8'));
    const table: { model: string; loss: number | null }[] =
      profile.predictive_model.cpu.cross_validation;
    expect(table.find(({ model }) => model === 'naive-day (good.onnx)')?.loss).toBeGreaterThan(0);

    const rows = Array.from(dailySeries(500).values, (y, hour) => `a,${hour},${y}`);
    await writeFile(file('s.csv'), ['unique_id,ds,y', ...rows].join('\n'));
    const args = ['forecast', 's.csv', '--horizon', '24', '--season', '24', '--out', 'f.csv'];
    const forecast = await runCli(directory, ...args, '--step', '1', ...own);
    expect(forecast.stderr).toContain('candidate broken.onnx is refused');
    expect(forecast.status).toBe(0);
    expect((await readFile(file('f.csv'), 'utf8')).trim().split('\n')).toHaveLength(25);

    const missing = await runCli(directory, 'train', '--config', 'c.json', '--candidates', 'none');
    expect(missing.status).not.toBe(0);
    expect(missing.stderr).toContain('none: cannot be read as a directory of candidates');
  }, 120_000);
});
