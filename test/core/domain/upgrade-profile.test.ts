import { describe, expect, it } from 'vitest';
import type { ApplicationProfile, ModelReference } from '#core/domain/profiles.ts';
import { upgradeProfile } from '#core/domain/upgrade-profile.ts';

const SHAPE = { stepSeconds: 300, context: 2016, horizon: 288, levels: [0.5] };
const current: ModelReference = {
  model: 'arima',
  composition: [{ first: 1, last: 288, members: ['arima'] }],
  file: 'f.onnx',
  sha256: 'f',
  shape: SHAPE,
  trainedFromSeconds: 0,
  trainedToSeconds: 300,
  crossValidation: [],
  reliability: { relativeWidth: 1, loss: 0.1, coverage80: 0.8 },
};
const profile = (cpu: ModelReference): ApplicationProfile => ({
  applicationId: 'shop',
  applicationType: null,
  clusterId: null,
  historicalData: {},
  predictiveModel: { cpu },
  divergenceStreak: 0,
  version: 1,
});

describe('upgradeProfile', () => {
  it('gives a model that release 0.1 stored the families of its name', () => {
    const stored = JSON.parse(
      JSON.stringify({ ...current, model: 'a&b+c+a', composition: undefined }),
    ) as ModelReference;
    expect(upgradeProfile(profile(stored)).predictiveModel.cpu!.composition).toEqual([
      { first: 1, last: 288, members: ['a', 'b', 'c'] },
    ]);
  });

  it('leaves a profile of this release as it is', () => {
    const known = profile(current);
    expect(upgradeProfile(known)).toBe(known);
  });
});
