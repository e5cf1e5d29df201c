import { formatCount } from '#html-report/text/format.ts';
import type { GroupOutcome } from './apply-plans.ts';

/** The outcome for one group as text. */
export function outcomeLines(
  { group, changes, remarks, failure }: GroupOutcome,
  { dryRun, nothing }: { readonly dryRun: boolean; readonly nothing: string },
): readonly string[] {
  const changeLines = changes.map((change) => `${group}: ${dryRun ? 'would ' : ''}${change}`);
  const unchangedLine = changes.length === 0 && failure === null ? [`${group}: ${nothing}`] : [];
  const remarkLines = remarks.map((remark) => `${group}: ${remark}`);
  const failed = failure === null ? [] : [`${group}: failed: ${failure}`];
  return [...changeLines, ...unchangedLine, ...remarkLines, ...failed];
}

/** @throws Error that names the first failed group, if any group failed. */
export function throwFailures(outcomes: readonly GroupOutcome[]): void {
  const failed = outcomes.filter(({ failure }) => failure !== null);
  const [first] = failed;
  if (first === undefined) return;
  throw new Error(
    `${formatCount(failed.length, 'group')} of ${outcomes.length} failed; ${first.group}: ${first.failure}; the command may be repeated`,
  );
}
