import type { FillCounts } from './fill-window.ts';
import type { GridPlaces } from './step-grid.ts';

/** Irregularities in the rows of one application. */
export interface ApplicationFindings extends FillCounts, Omit<GridPlaces, 'steps'> {
  readonly applicationId: string;
  readonly backwards: number;
}

/** Most applications that a notice names; it counts the others. */
const MAX_NAMED = 3;

/** One sentence per kind of irregularity, over all applications. */
export function traceNotices(findings: readonly ApplicationFindings[]): readonly string[] {
  const sum = (of: (finding: ApplicationFindings) => number) =>
    findings.reduce((total, finding) => total + of(finding), 0);
  const names = (is: (finding: ApplicationFindings) => boolean) =>
    listed(findings.filter(is).map(({ applicationId }) => applicationId));
  const largest = findings.reduce((most, { largestMove }) => Math.max(most, largestMove), 0);
  const notices: readonly (readonly [number, string])[] = [
    [
      sum((f) => f.backwards),
      `rows were not in time order, or the clock jumped back (${names((f) => f.backwards > 0)})`,
    ],
    [
      sum((f) => f.duplicates),
      `rows repeat the time of an earlier row: the last one counts (${names((f) => f.duplicates > 0)})`,
    ],
    [
      sum((f) => f.moved),
      `times were moved to the start of their step, by up to ${Number(largest.toFixed(3))} s (${names((f) => f.moved > 0)})`,
    ],
    [
      sum((f) => f.shared),
      `rows share their step with an earlier row: the last one counts (${names((f) => f.shared > 0)})`,
    ],
    [
      findings.filter((f) => f.measured === 0).length,
      `applications have nothing measured (${names((f) => f.measured === 0)})`,
    ],
  ];
  return notices.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return names.slice(0, MAX_NAMED).join(', ') + more;
}
