import { describe, expect, it } from 'vitest';
import type { ModelReference } from '#core/domain/profiles.ts';
import { contendersOf, mergeScores } from '#core/training/contenders.ts';
import type { CandidateScore } from '#models/contract/forecast-model.ts';

const DAY = 86_400;
const score = (model: string, loss: number, selected: boolean): CandidateScore => ({
  ...{ model, loss, selected, standardError: 0.1 },
  ...{ bandLosses: [loss], origins: 12, relativeCost: 1 },
});
const reference = (competedAtSeconds: number | undefined): ModelReference => ({
  ...{ model: 'of several', file: 'f', sha256: 's' },
  ...{ trainedFromSeconds: 0, trainedToSeconds: 30 * DAY },
  composition: [
    { first: 1, last: 12, members: ['a', 'b'] },
    { first: 13, last: 288, members: ['c'] },
  ],
  shape: { stepSeconds: 300, context: 2016, horizon: 288, levels: [0.5] },
  crossValidation: [],
  reliability: { relativeWidth: 1, loss: 0.1, coverage80: 0.8 },
  ...(competedAtSeconds === undefined ? {} : { competedAtSeconds }),
});
const rules = (nowSeconds: number, failing = false) => ({
  ...{ nowSeconds, failing, firstSeconds: 0, competeEverySeconds: 7 * DAY },
});

describe('contendersOf', () => {
  it('names the members of the model in use between two competitions', () => {
    const inUse = reference(30 * DAY);
    expect(contendersOf(inUse, rules(31 * DAY))).toEqual(['a', 'b', 'c']);
    expect(contendersOf(inUse, rules(37 * DAY - 1))).toEqual(['a', 'b', 'c']);
    expect(contendersOf(inUse, rules(37 * DAY))).toBeUndefined();
  });

  it('lets all compete without an earlier competition', () => {
    expect(contendersOf(undefined, rules(DAY))).toBeUndefined();
    expect(contendersOf(reference(undefined), rules(DAY))).toBeUndefined();
  });

  it('lets all compete as soon as the history has doubled, and when the model fails', () => {
    const inUse = reference(2 * DAY);
    expect(contendersOf(inUse, rules(4 * DAY - 1))).toEqual(['a', 'b', 'c']);
    expect(contendersOf(inUse, rules(4 * DAY))).toBeUndefined();
    expect(contendersOf(reference(30 * DAY), rules(31 * DAY, true))).toBeUndefined();
  });
});

describe('mergeScores', () => {
  it('keeps the scores of those who did not compete, none of them selected', () => {
    const merged = mergeScores(
      [score('a', 0.2, true)],
      [score('a', 0.3, false), score('b', 0.1, true)],
    );
    expect(merged).toEqual([score('a', 0.2, true), score('b', 0.1, false)]);
  });
});
