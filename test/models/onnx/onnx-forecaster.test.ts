import { beforeAll, describe, expect, it } from 'vitest';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import { createGraphBuilder } from '#models/graph/graph-builder.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import type { ModelMetadata } from '#models/onnx/model-metadata.ts';
import { metadataEntries, parseMetadata } from '#models/onnx/model-metadata.ts';
import { loadForecaster, UnusableModel } from '#models/onnx/onnx-forecaster.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';

const shape = { stepSeconds: 300, context: 4, horizon: 3, levels: [0.1, 0.9] };
const METADATA = {
  resource: 'cpu',
  unit: 'cores',
  trainedFromSeconds: 0,
  trainedToSeconds: 86_400,
};

/** Mean of the history for every step and level. */
const meanModel: ForecastModel = {
  name: 'mean',
  shape,
  forecast: (history) =>
    new Float64Array(6).fill(history.reduce((sum, value) => sum + value, 0) / 4),
  addTo: (graph, { history }) => {
    const mean = graph.op('MatMul', [history, graph.floats([0.25, 0.25, 0.25, 0.25], [4, 1])]);
    const rows = graph.op('MatMul', [mean, graph.floats([1, 1, 1, 1, 1, 1], [1, 6])]);
    return graph.op('Reshape', [rows, graph.ints([-1, 3, 2], [3])]);
  },
};

let good: Uint8Array;
beforeAll(() => {
  good = exportModel(meanModel, METADATA);
});

describe('loadForecaster', () => {
  it('forecasts a batch', async () => {
    const forecaster = await loadForecaster(good);
    const history = Float32Array.of(1, 2, 3, 6, 0, 0, 0, 8);
    const quantiles = await forecaster.forecast(history, [0, 300]);
    expect(Array.from(quantiles)).toEqual([3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2]);
    expect(forecaster.metadata).toEqual({ ...METADATA, model: 'mean', shape });
  });

  it('forecasts after a release, also after one during a forecast', async () => {
    const forecaster = await loadForecaster(good);
    const history = Float32Array.of(1, 2, 3, 6);
    const under = forecaster.forecast(history, [0]);
    await forecaster.release();
    expect((await under)[0]).toBe(3);
    expect((await forecaster.forecast(history, [0]))[0]).toBe(3);
    await forecaster.release();
    await forecaster.release();
    expect((await forecaster.forecast(history, [0]))[0]).toBe(3);
  });

  it('refuses a history of the wrong length', async () => {
    const forecaster = await loadForecaster(good);
    await expect(forecaster.forecast(new Float32Array(5), [0])).rejects.toThrow(
      '5 values are not 1 histories of 4 steps',
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('this is no model file')],
    ['random bytes', Uint8Array.from({ length: 200 }, (_, k) => (k * 37 + 11) % 256)],
  ])('refuses %s', async (_name, bytes) => {
    await expect(loadForecaster(bytes)).rejects.toThrow(UnusableModel);
  });

  it('refuses a truncated file', async () => {
    for (let length = 0; length < good.length; length += 13) {
      await expect(loadForecaster(good.subarray(0, length))).rejects.toThrow(UnusableModel);
    }
  });

  it.each([
    [
      'another context',
      { ...shape, context: 5 },
      'input "history" is float32 [batch, 4], expected float32 [any, 5]',
    ],
    [
      'another horizon',
      { ...shape, horizon: 2 },
      'output "quantiles" is float32 [batch, 3, 2], expected float32 [any, 2, 2]',
    ],
  ])('refuses metadata with %s than the graph has', async (_name, claimed, message) => {
    const text = [`foreprint.context`, `foreprint.horizon`];
    expect(text).toHaveLength(2);
    const bytes = replaceMetadata(good, claimed);
    await expect(loadForecaster(bytes)).rejects.toThrow(message);
  });

  it('names a missing input', async () => {
    const bytes = replaceText(good, 'origin', 'orifin');
    await expect(loadForecaster(bytes)).rejects.toThrow(
      'input "origin" is missing; unexpected input "orifin"',
    );
  });

  it('names missing metadata', async () => {
    const bytes = replaceText(good, 'foreprint.unit', 'foreprint.unut');
    await expect(loadForecaster(bytes)).rejects.toThrow('the metadata lack foreprint.unit');
  });
});

/** The texts must have the same length, so that the file stays well formed. */
function replaceText(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toContain(from);
  return Uint8Array.from(Buffer.from(text.replaceAll(from, to), 'latin1'));
}

/** For one-digit numbers only: the value follows the key, its tag and its length. */
function replaceMetadata(bytes: Uint8Array, claimed: typeof shape): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const context = `foreprint.context\x12\x01`;
  const horizon = `foreprint.horizon\x12\x01`;
  return Uint8Array.from(
    Buffer.from(
      text
        .replace(`${context}4`, `${context}${claimed.context}`)
        .replace(`${horizon}3`, `${horizon}${claimed.horizon}`),
      'latin1',
    ),
  );
}

describe('parseMetadata', () => {
  const metadata: ModelMetadata = { ...METADATA, model: 'mean', shape };
  const entries = (change: Record<string, string> = {}) =>
    new Map(Object.entries({ ...metadataEntries(metadata), ...change }));

  it('parses what was written', () => {
    expect(parseMetadata(entries())).toEqual(metadata);
  });

  it.each([
    ['foreprint.levels', '0.9,0.1'],
    ['foreprint.levels', '0.1,1'],
    ['foreprint.levels', ''],
    ['foreprint.context', '-4'],
    ['foreprint.horizon', '2.5'],
    ['foreprint.step_seconds', 'five'],
    ['foreprint.trained_to', 'yesterday'],
  ])('refuses %s = "%s"', (key, value) => {
    expect(() => parseMetadata(entries({ [key]: value }))).toThrow(key);
  });
});

describe('createGraphBuilder', () => {
  it('stores equal nodes once', () => {
    const graph = createGraphBuilder();
    const input = { name: 'history' };
    const [once, again] = [1, 1].map((axis) =>
      graph.op('ReduceMean', [input], { axes: [axis], keepdims: 1 }),
    );
    const other = graph.op('ReduceMean', [input], { axes: [1], keepdims: 0 });
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
    expect(graph.nodes).toHaveLength(2);
  });

  it('refuses constants that do not fill their dimensions', () => {
    expect(() => createGraphBuilder().floats([1, 2, 3], [2, 2])).toThrow(
      '3 values do not fill a constant of [2, 2]',
    );
  });
});

describe('createForecasterCache', () => {
  const loads: string[] = [];
  const load = (sha256: string): Promise<Uint8Array> => {
    loads.push(sha256);
    return sha256 === 'broken' ? Promise.reject(new Error('no such file')) : Promise.resolve(good);
  };

  it('loads a file once, even for two requests at the same time', async () => {
    loads.length = 0;
    const cache = createForecasterCache(load, 2);
    const [first, second] = await Promise.all([cache.get('a'), cache.get('a')]);
    expect(first).toBe(second);
    expect(loads).toEqual(['a']);
  });

  it('drops the least recently used model', async () => {
    loads.length = 0;
    const cache = createForecasterCache(load, 2);
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.get(name);
    expect(loads).toEqual(['a', 'b', 'c', 'b']);
  });

  it('leaves a dropped model usable', async () => {
    const cache = createForecasterCache(load, 1);
    const first = await cache.get('a');
    await cache.get('b');
    expect((await first.forecast(Float32Array.of(4, 4, 4, 4), [0]))[0]).toBe(4);
  });

  it('does not cache a failure', async () => {
    loads.length = 0;
    const cache = createForecasterCache(load, 2);
    await expect(cache.get('broken')).rejects.toThrow('no such file');
    await expect(cache.get('broken')).rejects.toThrow('no such file');
    expect(loads).toEqual(['broken', 'broken']);
  });

  it('loads again after it was cleared', async () => {
    loads.length = 0;
    const cache = createForecasterCache(load, 2);
    const first = await cache.get('a');
    cache.clear();
    expect(await cache.get('a')).not.toBe(first);
    expect(loads).toEqual(['a', 'a']);
  });

  it('refuses a limit below one model', () => {
    expect(() => createForecasterCache(load, 0)).toThrow(RangeError);
  });
});
