import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasForeignGraph } from '#adapters/local/candidates/foreign-graph.ts';
import { loadModelFile } from '#adapters/local/candidates/load-model-file.ts';
import { externalModel } from '#models/families/external/external-model.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { uncalibrated } from '#models/onnx/raw-rows.ts';

const GOOD = fileURLToPath(
  new URL('../../models/families/external/golden/naive-day.onnx', import.meta.url),
);
const SHAPE = { stepSeconds: 3600, context: 48, horizon: 30, levels: [0.1, 0.5, 0.9] };
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 1 };
const HISTORY = new Float32Array(SHAPE.context).fill(3);

/** A file of others whose quantiles are the mean of the history, after some more work. */
function foreign(work: (graph: GraphBuilder, mean: Tensor) => Tensor): Uint8Array {
  return exportModel(
    {
      name: 'mean',
      shape: SHAPE,
      addTo: (graph, { history }, { first, last }) => {
        const rows = last - first + 1;
        const mean = work(graph, graph.op('ReduceMean', [history], { axes: [1], keepdims: 1 }));
        const ones = graph.floats(new Float32Array(3 * rows).fill(1), [1, 3 * rows]);
        const all = graph.op('MatMul', [mean, ones]);
        return graph.op('Reshape', [all, graph.ints([-1, rows, 3], [3])]);
      },
    },
    METADATA,
  );
}

/** As it is stored once it has won. */
function won(onnx: Uint8Array): Uint8Array {
  const raw = externalModel('mean', { onnx, own: SHAPE }, SHAPE);
  return exportModel(uncalibrated(raw), METADATA);
}

/** A square of the mean with so many rows, times zero, so that the answer stays. */
const withSquare = (rows: number, squares: number) => (graph: GraphBuilder, mean: Tensor) => {
  const one = graph.op('ReduceMean', [mean], { axes: [0], keepdims: 1 });
  let square = graph.op('Expand', [one, graph.ints([rows, rows], [2])]);
  for (let k = 0; k < squares; k++) {
    square = graph.op('Relu', [graph.op('MatMul', [square, square])]);
  }
  const some = graph.op('ReduceMean', [square], { axes: [0, 1], keepdims: 1 });
  return graph.op('Add', [mean, graph.op('Mul', [some, graph.floats([0], [1])])]);
};

const limits = { loadMs: 60_000, forecastMs: 60_000, isModelFile: true };

describe('a graph of others stays in a limited process once it has won', () => {
  it('is known by its file', async () => {
    const candidate = await readFile(GOOD);
    expect(hasForeignGraph(candidate)).toBe(false);
    expect(hasForeignGraph(won(foreign((_, mean) => mean)))).toBe(true);
    expect(hasForeignGraph(new Uint8Array([255, 255]))).toBe(false);
  });

  it('answers there, and answers again after a release', async () => {
    const forecaster = await loadModelFile(won(foreign((_, mean) => mean)), limits);
    expect(forecaster.metadata.shape).toMatchObject(SHAPE);
    for (let time = 0; time < 2; time++) {
      const quantiles = await forecaster.forecast(HISTORY, [0], [1]);
      expect([...quantiles]).toEqual([3, 3, 3]);
      await forecaster.release();
    }
  });

  it('is ended when it takes too long, and the caller hears why', async () => {
    const forecastMs = 1500;
    const forecaster = await loadModelFile(won(foreign(withSquare(4000, 80))), {
      ...limits,
      forecastMs,
    });
    await expect(forecaster.forecast(HISTORY, [0])).rejects.toThrow('it took longer than 1.5 s');
    await forecaster.release();
  });

  it('is ended when it takes too much memory', async () => {
    const forecaster = await loadModelFile(won(foreign(withSquare(9000, 1))), {
      ...limits,
      memoryBytes: 500 * 1024 ** 2,
    });
    await expect(forecaster.forecast(HISTORY, [0])).rejects.toThrow('more than 500 MB of memory');
    await forecaster.release();
  });
});
