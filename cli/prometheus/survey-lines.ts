import { columnLines } from '#cli/output/columns.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { formatAmount, formatCount, formatTime, formatWhole } from '#html-report/text/format.ts';
import type { OpenPrometheus } from './open-prometheus.ts';

/** Which queries were taken, and why. */
export function choiceLine({ client, chosen, survey }: OpenPrometheus): string {
  const { preset, owners, by } = chosen;
  const from = preset === null ? 'your queries' : `preset ${preset}`;
  const owner = owners === null ? '' : `, workloads from ${OWNER_WORDS[owners]}`;
  const name = by === null ? 'all labels' : by.join('/');
  const count = formatCount(survey.applications.length, 'application');
  return `${client.location}: ${from}${owner}; ${count} by ${name}`;
}

const OWNER_WORDS = {
  recorded: 'a recording rule',
  'kube-state-metrics': 'kube-state-metrics',
  'pod-name': 'the names of the pods',
} as const;

/** What pods ask for beside what is used of it now; null where no pod says so. */
export function requestsLine({ survey }: Pick<OpenPrometheus, 'survey'>): string | null {
  const { requested } = survey;
  if (requested.size === 0) return null;
  const total = (resource: 'cpu' | 'memory') =>
    [...requested.values()].reduce((sum, entry) => sum + entry[resource], 0);
  const amounts = (['cpu', 'memory'] as const)
    .filter((resource) => total(resource) > 0)
    .map((resource) => `${resource} ${formatAmount(resource, total(resource))}`);
  return `the pods of ${formatCount(requested.size, 'application')} request ${amounts.join(', ')}`;
}

/** What --dry-run prints. */
export function surveyLines(open: OpenPrometheus, width: number): readonly string[] {
  const { survey, range, stepSeconds } = open;
  const points = (range.toSeconds - range.fromSeconds) / stepSeconds;
  const span = `${formatTime(range.fromSeconds)} to ${formatTime(range.toSeconds)} UTC, step ${stepSeconds} s`;
  const queries = survey.queries.flatMap(({ resource, query, series, first }) => [
    `${resource}: ${query}`,
    `  ${formatCount(series, 'series')}, ` +
      `${formatWhole(series * points)} points at most; ${firstText(resource, first)}`,
  ]);
  return [choiceLine(open), span, ...queries, ...requestRows(open, width)];
}

function firstText(
  resource: Resource,
  first: { readonly applicationId: string; readonly value: number } | null,
): string {
  if (first === null) return 'nothing measured at the end';
  return `${first.applicationId} ${formatAmount(resource, first.value)}`;
}

const MOST_ROWS = 20;

function requestRows({ survey }: OpenPrometheus, width: number): readonly string[] {
  const { requested } = survey;
  if (requested.size === 0) return [];
  const rows = [...requested]
    .sort(([, a], [, b]) => b.cpu - a.cpu)
    .slice(0, MOST_ROWS)
    .map(([name, { cpu, memory }]) => [
      name,
      formatAmount('cpu', cpu),
      formatAmount('memory', memory),
    ]);
  const head = [
    { head: 'application' },
    { head: 'cpu requested', isRight: true },
    { head: 'memory requested', isRight: true },
  ];
  return ['', ...columnLines(head, rows, width)];
}
