import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, COLUMNS } from '#core/controller/service/behaviours.ts';
import { servedBy } from '#core/controller/service/served-by.ts';
import { newServiceTrial, type ServiceTrial } from '#core/controller/service/service-trial.ts';
import { NEW_TRACKED_GROUP } from '#core/controller/service/tracked-group.ts';

const choice = BEHAVIOURS[0]!;
/** Every column asks for five instances. */
const tried = COLUMNS.map(() => 5);

/** Target tracking wants nine instances. */
function trialOf(change: Partial<ServiceTrial>): ServiceTrial {
  const trial = newServiceTrial(change.isBeside ?? false);
  const groups = trial.groups.map(() => ({ ...NEW_TRACKED_GROUP, desired: 9 }));
  return { ...trial, groups, ...change };
}

const count = (trial: ServiceTrial, isCorrected: boolean) =>
  servedBy(choice, trial, isCorrected).instances(tried);

describe('servedBy', () => {
  it('holds what tracking wants while a group that stands alone is corrected', () => {
    expect(count(trialOf({}), true)).toBe(9);
    expect(count(trialOf({}), false)).toBe(5);
  });

  it('leaves it to the policy beside to react', () => {
    expect(count(trialOf({ isBeside: true }), true)).toBe(5);
  });

  it('is what tracking wants where tracking was chosen', () => {
    expect(servedBy(null, trialOf({}), false).instances(tried)).toBe(9);
  });

  it('never lowers a count by correcting it', () => {
    const asked = fc.array(fc.nat({ max: 48 }), {
      minLength: COLUMNS.length,
      maxLength: COLUMNS.length,
    });
    fc.assert(
      fc.property(asked, fc.boolean(), fc.constantFrom(...BEHAVIOURS), (row, isBeside, any) => {
        const trial = trialOf({ isBeside });
        const counted = (isCorrected: boolean) => servedBy(any, trial, isCorrected).instances(row)!;
        expect(counted(true)).toBeGreaterThanOrEqual(counted(false));
      }),
    );
  });
});
