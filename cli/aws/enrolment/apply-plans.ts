import type { GroupPlan } from './change.ts';

export interface GroupOutcome {
  readonly group: string;
  /** Changes that were made, or would be made in a dry run. */
  readonly changes: readonly string[];
  readonly remarks: readonly string[];
  /** Why it stopped before all changes were made, null if it did not. */
  readonly failure: string | null;
}

/**
 * Carries out plans one by one. A failing group does not stop the others.
 * @param describe converts an error to a message for users.
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

/** What the plans would change, without changing anything. */
export function showPlans(plans: readonly GroupPlan[]): readonly GroupOutcome[] {
  return plans.map(({ group, changes, remarks }) => ({
    group,
    changes: changes.map(({ text }) => text),
    remarks,
    failure: null,
  }));
}
