import type { PolicySummary, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import { comparePolicies, orderPolicies } from '#html-report/text/compare-policies.ts';
import { formatCount, formatName, formatShare, formatWhole } from '#html-report/text/format.ts';
import type { Price } from '#html-report/text/monthly.ts';
import { renderClusters } from './render-clusters.ts';
import { renderSavings } from './render-savings.ts';
import { renderShortages } from './render-shortages.ts';

const POLICY_COLUMNS: readonly Column<PolicySummary>[] = [
  { head: 'Policy', cell: (p) => formatName(p.name) },
  { head: 'Instance-hours', kind: 'number', cell: (p) => formatWhole(p.instanceHours) },
  { head: 'Unserved demand', kind: 'number', cell: (p) => formatShare(p.unservedDemand) },
  { head: 'Short steps', kind: 'number', cell: (p) => formatShare(p.shortSteps) },
  { head: 'Scaling actions', kind: 'number', cell: (p) => formatWhole(p.scalingActions) },
  { head: 'Mean utilization', kind: 'number', cell: (p) => formatShare(p.meanUtilization) },
];

function renderModels(models: ReplayResult['models']): Html {
  const counts = Object.entries(models).sort((a, b) => b[1] - a[1]);
  const largest = Math.max(1, ...counts.map(([, count]) => count));
  if (counts.length === 0) return html`<p class="quiet">No model is in use.</p>`;
  return html`<ul class="bars" aria-label="Applications per model">
    ${counts.map(
      ([model, count]) =>
        html`<li class="bar-row">
          <span class="bar-name">${formatName(model)}</span>
          <span class="bar-track"
            ><span class="bar-fill" style="width:${((100 * count) / largest).toFixed(1)}%"></span
          ></span>
          <span class="bar-value">${formatCount(count, 'application')}</span>
        </li>`,
    )}
  </ul>`;
}

function renderIncidentCount({ anomalies, applications }: ReplayResult): Html {
  const affected = applications.filter(({ incidents }) => incidents.length > 0).length;
  return html`<p>
    <b>${formatWhole(anomalies)}</b> stretches of behaviour outside the calibrated interval, in
    ${formatCount(affected, 'application')}. Each is one alert, however many steps it lasted.
  </p>`;
}

/** A folded part of the page; it is opened for printing and by a link to it. */
function fold(id: string, title: string, content: Html | null): Html | null {
  return (
    content &&
    html`<details class="fold" id="${id}">
      <summary><h3>${title}</h3></summary>
      <div class="fold-body">${content}</div>
    </details>`
  );
}

/** What supports the verdict, folded: all policies, shortages, clusters, models, incidents. */
export function renderMore(result: ReplayResult, price: Price | null): Html {
  const subject = comparePolicies(result.policies)?.subject;
  const policies = renderTable({
    caption: 'All policies on the same demand, over the evaluated steps',
    columns: POLICY_COLUMNS,
    rows: orderPolicies(result.policies),
    emphasized: (policy) => policy === subject,
  });
  return html`<section id="more" aria-labelledby="more-heading">
    <h2 id="more-heading">More</h2>
    <div class="folds">
      ${fold('policies', `All policies (${result.policies.length})`, html`${policies} ${renderSavings(result, price)}`)}
      ${fold('shortages', 'The worst shortage of each policy', renderShortages(result))}
      ${fold('clusters', `Clusters (${result.clusters.length})`, renderClusters(result))}
      ${fold('models', 'Models in use', renderModels(result.models))}
      ${fold('incidents', `Incidents (${result.anomalies})`, renderIncidentCount(result))}
    </div>
  </section>`;
}
