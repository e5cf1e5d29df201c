import { expect, it } from 'vitest';
import { stepOf } from '#cli/store/step-of.ts';
import type { ApplicationHistory } from '#core/domain/ports.ts';
import type { ApplicationProfile, ModelReference } from '#core/domain/profiles.ts';

const SETTINGS = { stepSeconds: 300 };

function history(stepSeconds: number): ApplicationHistory {
  const span = { firstSeconds: 0, lastSeconds: 86_400, points: 10 };
  return { applicationId: 'a', applicationType: null, stepSeconds, ...span };
}

function trainedOn(stepSeconds: number): ApplicationProfile {
  const shape = { stepSeconds, context: 1, horizon: 1, levels: [0.5] };
  const cpu: ModelReference = {
    ...{ model: 'arima', composition: [{ first: 1, last: 1, members: ['arima'] }], shape },
    ...{ file: 'f', sha256: '0', trainedFromSeconds: 0, trainedToSeconds: 1, crossValidation: [] },
    reliability: { relativeWidth: 0, loss: 0, coverage80: 1 },
  };
  return {
    ...{ applicationId: 'a', applicationType: null, clusterId: null, divergenceStreak: 0 },
    ...{ version: 1, historicalData: {}, predictiveModel: { cpu } },
  };
}

it.each([
  ['nothing known', null, null, 300, null],
  ['the usual step', 300, null, 300, null],
  ['an hour', 3600, null, 3600, 'stored on a step of 3600 s, which is taken; settings say 300 s'],
  ['a minute', 60, null, 300, 'points of 60 s are averaged to 300 s'],
  ['models of a minute', 60, 60, 60, 'models are on a step of 60 s, which is taken'],
  ['models of five minutes', 60, 300, 300, 'points of 60 s are averaged to 300 s'],
  ['models of an hour', 3600, 3600, 3600, 'stored on a step of 3600 s, which is taken'],
])('%s', (...[, stored, trained, stepSeconds, remark]) => {
  const known = {
    history: stored === null ? null : history(stored),
    profile: trained === null ? null : trainedOn(trained),
  };
  const chosen = stepOf(known, SETTINGS);
  expect(chosen.stepSeconds).toBe(stepSeconds);
  if (remark === null) expect(chosen.remark).toBeNull();
  else expect(chosen.remark).toContain(remark);
});
