import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behavioursOf, COLUMNS } from '#core/controller/service/behaviours.ts';
import { isBehind } from '#core/controller/service/choose-behaviour.ts';
import { servedBy } from '#core/controller/service/served-by.ts';
import { newServiceTrial, type ServiceTrial } from '#core/controller/service/service-trial.ts';
import { NEW_TRACKED_GROUP } from '#core/controller/service/tracked-group.ts';

const choice = behavioursOf(false)[0]!;
/** Every column asks for five instances. */
const tried = COLUMNS.map(() => 5);

/** Target tracking wants nine instances. */
function trialOf(change: Partial<ServiceTrial>): ServiceTrial {
  const trial = newServiceTrial(change.isBeside ?? false);
  const groups = trial.groups.map(() => ({ ...NEW_TRACKED_GROUP, desired: 9 }));
  return { ...trial, groups, ...change };
}

/** Tracking would have been short in one step, and so much of it would have been unserved. */
const tracked = { unserved: 2, short: 1 };
const worse = { tracked, own: { unserved: 2, short: 2 } };

const count = (trial: ServiceTrial, isCorrected: boolean) =>
  servedBy(choice, trial, {
    decidedBy: 'record',
    isBehind: isCorrected && isBehind(trial),
  }).instances(tried);

describe('servedBy', () => {
  it('holds what tracking wants while a group that is served worse is corrected', () => {
    expect(count(trialOf(worse), true)).toBe(9);
    expect(count(trialOf({ tracked, own: { unserved: 3, short: 1 } }), true)).toBe(9);
    expect(count(trialOf(worse), false)).toBe(5);
  });

  it('leaves a correction to the forecasts where the group is served as well', () => {
    expect(count(trialOf({}), true)).toBe(5);
    expect(count(trialOf({ tracked, own: tracked }), true)).toBe(5);
    expect(count(trialOf({ tracked, own: { unserved: 1, short: 0 } }), true)).toBe(5);
  });

  it('leaves it to the policy beside to react', () => {
    expect(count(trialOf({ ...worse, isBeside: true }), true)).toBe(5);
  });

  it('is what tracking wants where tracking was chosen', () => {
    const served = servedBy(null, trialOf({}), { decidedBy: 'costs', isBehind: false });
    expect(served.instances(tried)).toBe(9);
    expect(served.decidedBy).toBe('tracking');
  });

  it('never lowers a count by correcting it', () => {
    const asked = fc.array(fc.nat({ max: 48 }), {
      minLength: COLUMNS.length,
      maxLength: COLUMNS.length,
    });
    fc.assert(
      fc.property(asked, fc.boolean(), fc.nat(), (row, isBeside, any) => {
        const behaviours = behavioursOf(isBeside);
        const chosen = behaviours[any % behaviours.length]!;
        const trial = trialOf({ ...worse, isBeside });
        const counted = (behind: boolean) =>
          servedBy(chosen, trial, { decidedBy: 'level', isBehind: behind }).instances(row)!;
        expect(counted(true)).toBeGreaterThanOrEqual(counted(false));
      }),
    );
  });
});
