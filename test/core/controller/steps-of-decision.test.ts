import { expect, it } from 'vitest';
import { stepsOfDecision } from '#core/controller/steps-of-decision.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';

const { allocation, detection } = DEFAULT_SETTINGS;
const stepsWith = (warmUpSeconds: number, leadSeconds: number) =>
  stepsOfDecision({
    ...DEFAULT_SETTINGS,
    stepSeconds: 300,
    allocation: { ...allocation, warmUpSeconds },
    detection: { ...detection, leadSeconds },
  });

it('looks until a new instance serves and at the step that is judged later', () => {
  expect(stepsWith(600, 3600)).toEqual([1, 2, 3, 13]);
});

it('names no step twice where instances start slowly', () => {
  expect(stepsWith(1200, 600)).toEqual([1, 2, 3, 4, 5]);
  expect(stepsWith(300, 300)).toEqual([1, 2]);
});
