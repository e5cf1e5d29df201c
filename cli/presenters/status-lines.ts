import { columnLines } from '#cli/output/columns.ts';
import type { ApplicationStatus } from '#cli/work/store-status.ts';
import { modelName } from '#core/text/model-name.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { formatCount, formatDuration, formatTime } from '#html-report/text/format.ts';

const COLUMNS = [
  { head: 'application' },
  { head: 'data', isRight: true },
  { head: 'step', isRight: true, leaveOut: 1 },
  { head: 'newest (UTC)' },
  { head: 'age', isRight: true, leaveOut: 2 },
  { head: 'instances', isRight: true },
  { head: 'risk' },
  { head: 'model', leaveOut: 3 },
] as const;

/** A row for every application, which of them are simulated, then what to do next. */
export function statusLines(
  applications: readonly ApplicationStatus[],
  { nowSeconds, width }: { readonly nowSeconds: number; readonly width: number },
): readonly string[] {
  if (applications.length === 0) return ['no application yet; "foreprint import" stores some'];
  const rows = applications.map(({ history, model, before, latest, risk }) => [
    history.applicationId,
    formatDuration(history.lastSeconds + history.stepSeconds - history.firstSeconds),
    `${history.stepSeconds} s`,
    formatTime(history.lastSeconds),
    formatDuration(Math.max(0, nowSeconds - history.lastSeconds)),
    instancesText(before?.instances ?? null, latest?.instances ?? null),
    risk === 'none' ? '' : risk,
    model === null ? '–' : modelName(model.composition),
  ]);
  const simulated = simulatedRemark(applications.map(({ history }) => history));
  return [
    ...columnLines(COLUMNS, rows, width),
    ...(simulated === null ? [] : [simulated]),
    nextStep(applications),
  ];
}

function instancesText(before: number | null, wanted: number | null): string {
  if (wanted === null) return '–';
  return before === null || before === wanted ? String(wanted) : `${before} → ${wanted}`;
}

function nextStep(applications: readonly ApplicationStatus[]): string {
  const count = formatCount(applications.length, 'application');
  const untrained = applications.filter(({ model }) => model === null).length;
  const undecided = applications.filter(({ latest }) => latest === null).length;
  if (untrained === applications.length) return `${count}, none trained; next: foreprint train`;
  if (undecided > 0) return `${count}, ${undecided} never allocated; next: foreprint allocate`;
  return `${count}; why an application gets what it gets: foreprint allocate APP`;
}
