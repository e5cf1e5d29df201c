import type { Incident } from '#core/domain/incident.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import type { ApplicationReplay } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import { formatAmount, formatNumber, formatTime, formatWhole } from '#html-report/text/format.ts';

interface Numbered {
  readonly number: number;
  readonly incident: Incident;
}

const COLUMNS: readonly Column<Numbered>[] = [
  { head: 'No.', kind: 'number', cell: ({ number }) => formatWhole(number) },
  { head: 'Start (UTC)', kind: 'time', cell: ({ incident }) => formatTime(incident.startSeconds) },
  {
    head: 'End (UTC)',
    kind: 'time',
    cell: ({ incident }) =>
      incident.endSeconds === null ? 'still open' : formatTime(incident.endSeconds),
  },
  { head: 'Resource', cell: ({ incident }) => RESOURCE_LABELS[incident.resource] },
  { head: 'Direction', cell: ({ incident }) => incident.direction },
  {
    head: 'Severity',
    kind: 'number',
    cell: ({ incident }) => formatNumber(incident.severity),
  },
  {
    head: 'Actual at peak',
    kind: 'number',
    cell: ({ incident }) => formatAmount(incident.resource, incident.peakActual),
  },
  {
    head: 'Expected',
    kind: 'number',
    cell: ({ incident }) => formatAmount(incident.resource, incident.expected),
  },
  {
    head: 'Interval',
    kind: 'number',
    cell: ({ incident: { resource, lower, upper } }) =>
      `${formatAmount(resource, lower)} to ${formatAmount(resource, upper)}`,
  },
];

/** Incidents of an application; their numbers are shown on the bands of the charts. */
export function renderIncidents(application: Pick<ApplicationReplay, 'incidents'>): Html {
  const rows = application.incidents.map((incident, k) => ({ number: k + 1, incident }));
  if (rows.length === 0) return html`<p class="quiet">No incidents.</p>`;
  const caption =
    'Incidents. Severity is the largest distance outside the interval, in half widths of it.';
  return renderTable({ caption, columns: COLUMNS, rows });
}
