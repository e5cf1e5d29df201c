/** Irregularities in the rows of one application. */
export interface ApplicationFindings {
  readonly applicationId: string;
  readonly backwards: number;
  /**
   * Number of rows whose time is not the start of their step, and the largest distance in seconds.
   */
  readonly moved: number;
  readonly largestMove: number;
  /**
   * Rows that repeat the time of an earlier row, and rows with another time in an occupied step.
   */
  readonly duplicates: number;
  readonly shared: number;
  readonly isMeasured: boolean;
  /** The step in seconds whose rows were averaged over a longer one; null if none was. */
  readonly averagedFrom: number | null;
  readonly stepSeconds: number;
}

/** An omitted application, with the reason as the end of a sentence. */
export interface LeftOut {
  readonly applicationId: string;
  readonly fault: string;
}

/** Most applications that a notice names; it counts the others. */
const MAX_NAMED = 3;

/** How often, what happened once and more than once, and the rest of the sentence. */
type Notice = readonly [count: number, one: string, many: string, rest: string];

const noticeText = ([count, one, many, rest]: Notice): string =>
  `${count} ${count === 1 ? one : many} ${rest}`;

/** One sentence per kind of irregularity, over all applications. */
export function traceNotices(
  findings: readonly ApplicationFindings[],
  leftOut: readonly LeftOut[],
): readonly string[] {
  const sum = (of: (finding: ApplicationFindings) => number) =>
    findings.reduce((total, finding) => total + of(finding), 0);
  const names = (is: (finding: ApplicationFindings) => boolean) =>
    listed(findings.filter(is).map(({ applicationId }) => applicationId));
  const largest = findings.reduce((most, { largestMove }) => Math.max(most, largestMove), 0);
  const notices: readonly Notice[] = [
    [
      sum((f) => f.backwards),
      'row was',
      'rows were',
      `not in time order, or the clock jumped back (${names((f) => f.backwards > 0)})`,
    ],
    [
      sum((f) => f.duplicates),
      'row repeats',
      'rows repeat',
      `the time of an earlier row: the last one counts (${names((f) => f.duplicates > 0)})`,
    ],
    [
      sum((f) => f.moved),
      'time was moved to the start of its step,',
      'times were moved to the start of their step,',
      `by up to ${Number(largest.toFixed(3))} s (${names((f) => f.moved > 0)})`,
    ],
    [
      sum((f) => f.shared),
      'row shares its step',
      'rows share their step',
      `with an earlier row: the last one counts (${names((f) => f.shared > 0)})`,
    ],
    ...averagedNotices(findings),
    [
      findings.filter((f) => !f.isMeasured).length,
      'application has nothing measured',
      'applications have nothing measured',
      `(${names((f) => !f.isMeasured)})`,
    ],
  ];
  const left = leftOut.map(({ applicationId, fault }) => `application ${applicationId} ${fault}`);
  return [
    ...notices.filter(([count]) => count > 0).map(noticeText),
    ...left.slice(0, MAX_NAMED).map((what) => `left out: ${what}`),
    ...moreLeftOut(leftOut.slice(MAX_NAMED)),
  ];
}

function averagedNotices(findings: readonly ApplicationFindings[]): readonly Notice[] {
  const averaged = findings.filter((f) => f.averagedFrom !== null);
  const steps = new Set(averaged.map(({ stepSeconds }) => stepSeconds));
  return [...steps].map((step) => {
    const own = averaged.filter(({ stepSeconds }) => stepSeconds === step);
    const shortest = own.reduce((least, f) => Math.min(least, f.averagedFrom!), Infinity);
    const names = listed(own.map(({ applicationId }) => applicationId));
    return [
      own.length,
      'application has steps',
      'applications have steps',
      `from ${shortest} s on: averaged over ${step} s (${names})`,
    ];
  });
}

function moreLeftOut(more: readonly LeftOut[]): readonly string[] {
  if (more.length === 0) return [];
  return [`left out: ${more.length} more (${listed(more.map((left) => left.applicationId))})`];
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return names.slice(0, MAX_NAMED).join(', ') + more;
}
