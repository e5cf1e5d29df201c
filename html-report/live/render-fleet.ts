import type { Incident } from '#core/domain/incident.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import {
  formatAmount,
  formatCount,
  formatShare,
  formatTime,
  formatWhole,
} from '#html-report/text/format.ts';
import type { LiveApplication, LiveFleet } from './live-application.ts';

const COLUMNS: readonly Column<LiveApplication>[] = [
  {
    head: 'Application',
    cell: ({ applicationId, isSimulated }) =>
      html`<a href="#${encodeURIComponent(applicationId)}">${applicationId}</a
        >${isSimulated ? html` <span class="mark">simulated</span>` : null}`,
  },
  { head: 'Now', kind: 'number', cell: ({ present }) => formatWhole(present) },
  {
    head: 'Wanted',
    kind: 'number',
    cell: ({ decision, present }) => {
      const change = decision.instances - present;
      const sign =
        change === 0 ? '' : ` (${change > 0 ? '+' : '−'}${formatWhole(Math.abs(change))})`;
      return `${formatWhole(decision.instances)}${sign}`;
    },
  },
  { head: 'Risk', cell: ({ risk }) => risk },
  {
    head: 'Below its peak',
    kind: 'number',
    cell: ({ savings }) => (savings === null ? '–' : formatShare(savings)),
  },
  {
    head: 'Valid until (UTC)',
    kind: 'time',
    cell: ({ decision }) => formatTime(decision.validUntilSeconds),
  },
];

const INCIDENT_COLUMNS: readonly Column<Incident>[] = [
  { head: 'Application', cell: ({ applicationId }) => applicationId },
  { head: 'Since (UTC)', kind: 'time', cell: ({ startSeconds }) => formatTime(startSeconds) },
  { head: 'Resource', cell: ({ resource }) => RESOURCE_LABELS[resource] },
  { head: 'Direction', cell: ({ direction }) => direction },
  { head: 'Level', cell: ({ level }) => level },
  {
    head: 'Actual at peak',
    kind: 'number',
    cell: ({ resource, peakActual }) => formatAmount(resource, peakActual),
  },
  {
    head: 'Expected',
    kind: 'number',
    cell: ({ resource, expected }) => formatAmount(resource, expected),
  },
];

/** The parts of the live page that change with every interval. */
export function renderFleet({ applications, health }: LiveFleet): Html {
  const open = applications.flatMap(({ incidents }) =>
    incidents.filter(({ endSeconds }) => endSeconds === null),
  );
  const simulated = simulatedRemark(applications);
  return html`${simulated === null ? null : html`<p class="notice">${simulated}</p>`}
    <p class="lead">${fleetSentence({ applications, health }, open.length)}</p>
    ${health.failures.map((failure) => html`<p class="notice">${failure}</p>`)}
    ${
      applications.length === 0
        ? html`<p class="quiet">Nothing has been decided yet.</p>`
        : renderTable({
            caption:
              'Applications: instances in service, wanted, and how far wanted lies below what the largest use of the history needs.',
            columns: COLUMNS,
            rows: applications,
            emphasized: ({ risk }) => risk === 'incident open',
          })
    }
    <h2 id="incidents">Incidents</h2>
    ${
      open.length === 0
        ? html`<p class="quiet">No incident is open.</p>`
        : renderTable({ caption: 'Open incidents', columns: INCIDENT_COLUMNS, rows: open })
    }`;
}

function fleetSentence({ applications, health }: LiveFleet, open: number): string {
  const sum = (count: (application: LiveApplication) => number) =>
    formatWhole(applications.reduce((total, application) => total + count(application), 0));
  const at = health.intervalAtSeconds;
  const when =
    at === null ? 'The first interval has not ended yet.' : `As of ${formatTime(at)} UTC.`;
  return (
    `${formatCount(applications.length, 'application')}: ${sum(({ present }) => present)} instances now, ` +
    `${sum(({ decision }) => decision.instances)} wanted, ${formatCount(open, 'open incident')}. ` +
    `${when} Measured by ${health.source}.`
  );
}
