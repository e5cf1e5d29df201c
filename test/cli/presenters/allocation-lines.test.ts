import { expect, it } from 'vitest';
import { allocationLines } from '#cli/presenters/allocation-lines.ts';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import { newServiceTrial } from '#core/controller/service/service-trial.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { decideExample, exampleInput } from '#test/core/controller/example-input.ts';
import { cpuForecast } from '#test/core/forecasts.ts';

const NOBODY = new Float64Array();

it('says that target tracking decides where nothing has served as well for less', () => {
  const tracked = { desired: 5, lowSteps: 0, needs: [5] };
  const state = {
    ...NEW_CONTROLLER_STATE,
    service: { ...newServiceTrial(false), groups: [tracked] },
  };
  const forecast = cpuForecast([
    [6, 8, 11],
    [6, 9, 12],
    [7, 10, 14],
  ]);
  const input = exampleInput({ forecast, state });
  const decision = decideExample(input, DEFAULT_SETTINGS);
  expect(decision.instances).toBe(5);
  const history = {
    startSeconds: 0,
    stepSeconds: 300,
    values: { cpu: NOBODY, memory: NOBODY, disk: NOBODY, network: NOBODY },
  };
  const snapshot = { ...input, profile: null, cluster: null, history };
  const made = { decision, snapshot, forecast: null, before: 4, recommended: null };
  const decided = { ...made, isSimulated: false };
  const text = allocationLines(decided, 120).join('\n');
  expect(text).toContain('4 → 5 instances (+1)');
  expect(text).toMatch(/why not 4 +target tracking wants as many/);
  expect(text).toMatch(/why not 6 +target tracking wants no more/);
  expect(text).not.toContain('pays');
});
