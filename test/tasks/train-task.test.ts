import { expect, it } from 'vitest';
import type { TrainingJob } from '#core/training/trainer.ts';
import { trainTask } from '#tasks/train-task.ts';

const JOB: TrainingJob = {
  resource: 'cpu',
  unit: 'cores',
  series: {
    startSeconds: Date.UTC(2026, 0, 5) / 1000,
    stepSeconds: 3600,
    values: Float64Array.from({ length: 240 }, (_, k) => 5 + Math.sin((2 * Math.PI * k) / 24)),
  },
  shape: { stepSeconds: 3600, context: 48, horizon: 4, levels: [0.1, 0.5, 0.9] },
  origins: 2,
};

it('ends before the next candidate once nobody wants the result', async () => {
  let asked = 0;
  const goOn = () => {
    asked++;
    if (asked === 3) throw new Error('the work was stopped');
  };
  await expect(trainTask(JOB, goOn)).rejects.toThrow('the work was stopped');
  expect(asked).toBe(3);
});

it('trains where somebody does', async () => {
  let asked = 0;
  const result = await trainTask(JOB, () => asked++);
  expect(result.kind).toBe('trained');
  expect(asked).toBeGreaterThan(3);
});
