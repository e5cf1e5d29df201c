import { describe, expect, it } from 'vitest';
import { trainerInProcess, trainInProcess } from '#core/training/train-in-process.ts';
import type { TrainingJob } from '#core/training/trainer.ts';
import { loadDefined } from '#models/stored/load-model.ts';
import { dailySeries, STEP_SECONDS } from '#test/models/synthetic-series.ts';

const JOB: TrainingJob = {
  resource: 'cpu',
  unit: 'cores',
  series: dailySeries(400),
  shape: { stepSeconds: STEP_SECONDS, context: 48, horizon: 12, levels: [0.1, 0.5, 0.9] },
  origins: 4,
  candidates: ['learned-pool'],
};

async function fileOf(trainer: typeof trainInProcess): Promise<Uint8Array> {
  const trained = await trainer(JOB);
  if (trained.kind !== 'trained') throw new Error(trained.reason);
  return trained.onnx;
}

describe('a trainer whose files nobody loads', () => {
  it('writes a file without a graph that still defines the same model', async () => {
    const whole = await fileOf(trainInProcess);
    const brief = await fileOf(trainerInProcess(() => undefined, null));
    expect(brief.length).toBeLessThan(whole.length);
    expect(Buffer.from(whole).includes('Identity')).toBe(true);
    expect(Buffer.from(brief).includes('Identity')).toBe(false);

    const history = new Float32Array(JOB.series.values.subarray(-48));
    const forecasts = [whole, brief].map((file) => loadDefined(file)!.forecast(history, [0]));
    const [expected, found] = await Promise.all(forecasts);
    expect(found).toEqual(expected);
  });
});
