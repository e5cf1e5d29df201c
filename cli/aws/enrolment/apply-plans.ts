import type { GroupPlan } from './change.ts';

export interface GroupOutcome {
  readonly group: string;
  /** What was done, or would be. */
  readonly changes: readonly string[];
  readonly remarks: readonly string[];
  /** Why it ended before all was done, null where it did not. */
  readonly failure: string | null;
}

/**
 * Carries plans out one after the other; a group that fails does not stop the others.
 * @param describe what a failure says to people.
 */
export async function applyPlans(
  plans: readonly GroupPlan[],
  describe: (error: unknown) => string,
): Promise<readonly GroupOutcome[]> {
  const outcomes: GroupOutcome[] = [];
  for (const { group, changes, remarks } of plans) {
    const done: string[] = [];
    let failure: string | null = null;
    try {
      for (const { text, apply } of changes) {
        await apply();
        done.push(text);
      }
    } catch (error) {
      failure = describe(error);
    }
    outcomes.push({ group, changes: done, remarks, failure });
  }
  return outcomes;
}

/** What the plans would do, none of it done. */
export function showPlans(plans: readonly GroupPlan[]): readonly GroupOutcome[] {
  return plans.map(({ group, changes, remarks }) => ({
    group,
    changes: changes.map(({ text }) => text),
    remarks,
    failure: null,
  }));
}
