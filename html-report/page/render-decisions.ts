import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import type { ApplicationReplay } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import {
  formatAmount,
  formatCount,
  formatName,
  formatNumber,
  formatTime,
  formatWhole,
} from '#html-report/text/format.ts';

function perResourceLines(show: (resource: Resource) => string | null): Html {
  const lines = RESOURCES.flatMap((resource) => {
    const text = show(resource);
    return text === null ? [] : [html`<span class="line">${text}</span>`];
  });
  return lines.length === 0 ? html`–` : html`${lines}`;
}

function amounts(footprint: Footprint, resources: readonly Resource[]): Html {
  return perResourceLines((resource) => {
    const value = footprint[resource];
    return value === null || !resources.includes(resource)
      ? null
      : `${RESOURCE_LABELS[resource]} ${formatAmount(resource, value)}`;
  });
}

/** Resources that the decision is based on: those with a forecast, otherwise those allocated. */
function considered({ reason, allocated }: AllocationDecision): readonly Resource[] {
  const forecast = RESOURCES.filter((resource) => reason.forecast[resource] !== null);
  return forecast.length > 0
    ? forecast
    : RESOURCES.filter((resource) => allocated[resource] !== null);
}

/** The amounts added to the forecast: safety margin and correction. */
function additions(decision: AllocationDecision): Html {
  const { safetyMargin, correction } = decision.reason;
  return perResourceLines((resource) => {
    const margin = safetyMargin[resource] ?? 0;
    const corrected = correction[resource] ?? 0;
    const parts = [
      ...(margin > 0 ? [`margin ${formatAmount(resource, margin)}`] : []),
      ...(corrected > 0 ? [`correction ${formatAmount(resource, corrected)}`] : []),
    ];
    return parts.length === 0 ? null : `${RESOURCE_LABELS[resource]} ${parts.join(', ')}`;
  });
}

function formatModel(model: string | undefined): string | null {
  return model === undefined ? null : formatName(model);
}

const COLUMNS: readonly Column<AllocationDecision>[] = [
  { head: 'Decided (UTC)', kind: 'time', cell: (d) => formatTime(d.decidedAtSeconds) },
  { head: 'Instances', kind: 'number', cell: (d) => formatWhole(d.instances) },
  { head: 'Source', cell: (d) => d.reason.source.replaceAll('-', ' ') },
  { head: 'Quantile', kind: 'number', cell: (d) => formatNumber(d.reason.quantile) },
  { head: 'Forecast', cell: (d) => amounts(d.reason.forecast, considered(d)) },
  { head: 'Margin', cell: additions },
  { head: 'Available', cell: (d) => amounts(d.reason.available, considered(d)) },
  {
    head: 'Model',
    cell: (d) => perResourceLines((resource) => formatModel(d.reason.model[resource])),
  },
  {
    head: 'Profile',
    kind: 'number',
    cell: (d) => (d.reason.profileVersion === null ? '–' : `v${d.reason.profileVersion}`),
  },
  { head: 'Summary', cell: (d) => html`<span class="sentence">${d.reason.summary}</span>` },
];

/** Most decisions in the log; more would make the file large. */
const MAX_SHOWN = 200;

/** The log of decisions that changed the number of instances, or a note that there are none. */
export function renderDecisions(application: ApplicationReplay): Html | null {
  const rows = application.decisions.slice(0, MAX_SHOWN);
  if (rows.length === 0) {
    return html`<p class="quiet">No decision changed the number of instances.</p>`;
  }
  const all = application.decisionCount;
  const caption = `Decisions that changed the number of instances, newest first: ${formatWhole(rows.length)} of ${formatWhole(all)}`;
  return html`<details class="log">
    <summary>
      <h4>Decision log</h4>
      <span class="quiet">${formatCount(all, 'decision')}</span>
    </summary>
    ${renderTable({ caption, columns: COLUMNS, rows })}
  </details>`;
}
