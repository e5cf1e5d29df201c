import { formatCount } from '#html-report/text/format.ts';
import type { GroupOutcome } from './apply-plans.ts';

/** What became of one group, for people. */
export function outcomeLines(
  { group, changes, remarks, failure }: GroupOutcome,
  { dryRun, nothing }: { readonly dryRun: boolean; readonly nothing: string },
): readonly string[] {
  const done = changes.map((change) => `${group}: ${dryRun ? 'would ' : ''}${change}`);
  const none = changes.length === 0 && failure === null ? [`${group}: ${nothing}`] : [];
  const told = remarks.map((remark) => `${group}: ${remark}`);
  const failed = failure === null ? [] : [`${group}: failed: ${failure}`];
  return [...done, ...none, ...told, ...failed];
}

/** Several groups failed, or one; the others are done. */
export function throwFailures(outcomes: readonly GroupOutcome[]): void {
  const failed = outcomes.filter(({ failure }) => failure !== null);
  const [first] = failed;
  if (first === undefined) return;
  throw new Error(
    `${formatCount(failed.length, 'group')} of ${outcomes.length} failed; ${first.group}: ${first.failure}; the command may be repeated`,
  );
}
