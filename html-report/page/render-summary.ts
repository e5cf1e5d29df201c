import type {
  FrontierPoint,
  PolicySummary,
  ReplayResult,
} from '#evaluation/replay/replay-result.ts';
import { frontierChart, frontierFinding } from '#html-report/charts/frontier-chart.ts';
import {
  comparePolicies,
  orderPolicies,
  type Comparison,
} from '#html-report/text/compare-policies.ts';
import {
  formatCount,
  formatDifference,
  formatName,
  formatNameWithin,
  formatNumber,
  formatShare,
  formatWhole,
} from '#html-report/text/format.ts';
import { policyStyle } from '#html-report/text/palette.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderFigure } from '#html-report/markup/render-figure.ts';
import { renderSavings } from './render-savings.ts';
import { renderShortages } from './render-shortages.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';

interface Measure {
  readonly title: string;
  readonly what: string;
  readonly difference: number | null;
  readonly value: (policy: PolicySummary) => number;
  readonly format: (value: number) => string;
}

function renderBar(policy: PolicySummary, measure: Measure, largest: number): Html {
  const value = measure.value(policy);
  const share = largest > 0 ? (100 * value) / largest : 0;
  return html`<div class="bar-row">
    <span class="bar-name">${formatName(policy.name)}</span>
    <span class="bar-track"><span class="bar-fill" style="width:${share.toFixed(1)}%"></span></span>
    <span class="bar-value">${measure.format(value)}</span>
  </div>`;
}

/** One large figure: the difference, and both values as bars on the same scale. */
function renderBigFigure({ subject, baseline }: Comparison, measure: Measure): Html {
  const policies = baseline === null ? [subject] : [subject, baseline];
  const largest = Math.max(...policies.map(measure.value));
  const big =
    measure.difference === null
      ? measure.format(measure.value(subject))
      : formatDifference(measure.difference);
  return html`<div class="big">
    <h3>${measure.title}</h3>
    <p class="big-number">${big}</p>
    <p class="quiet">${measure.what}</p>
    <div class="bars">${policies.map((policy) => renderBar(policy, measure, largest))}</div>
  </div>`;
}

function renderBigFigures(result: ReplayResult, pricePerHour?: number): Html | null {
  const compared = comparePolicies(result.policies);
  if (compared === null) return null;
  const against =
    compared.baseline === null ? '' : `, against ${formatNameWithin(compared.baseline.name)}`;
  return html`<div class="bigs">
    ${renderBigFigure(compared, {
      title: 'Cost',
      what: `${pricePerHour === undefined ? 'Instance-hours' : 'Money for instance-hours'}${against}`,
      difference: compared.instanceHours,
      value: (policy) => policy.instanceHours * (pricePerHour ?? 1),
      format: formatWhole,
    })}
    ${renderBigFigure(compared, {
      title: 'Shortage',
      what: `Share of all demand above what the capacity in service serves well${against}`,
      difference: compared.unservedDemand,
      value: (policy) => policy.unservedDemand,
      format: formatShare,
    })}
  </div>`;
}

const POLICY_COLUMNS: readonly Column<PolicySummary>[] = [
  { head: 'Policy', cell: (p) => formatName(p.name) },
  { head: 'Instance-hours', kind: 'number', cell: (p) => formatWhole(p.instanceHours) },
  { head: 'Unserved demand', kind: 'number', cell: (p) => formatShare(p.unservedDemand) },
  { head: 'Short steps', kind: 'number', cell: (p) => formatShare(p.shortSteps) },
  { head: 'Scaling actions', kind: 'number', cell: (p) => formatWhole(p.scalingActions) },
  { head: 'Mean utilization', kind: 'number', cell: (p) => formatShare(p.meanUtilization) },
];

const FRONTIER_COLUMNS: readonly Column<FrontierPoint>[] = [
  { head: 'Policy', cell: (p) => formatName(p.policy) },
  { head: 'Knob', kind: 'number', cell: (p) => formatNumber(p.knob) },
  { head: 'Instance-hours', kind: 'number', cell: (p) => formatWhole(p.instanceHours) },
  { head: 'Unserved demand', kind: 'number', cell: (p) => formatShare(p.unservedDemand) },
];

function renderFrontier(result: ReplayResult): Html {
  const legend = frontierChart(result).policies.map(({ label, style }) => {
    const { colour, dash, symbol } = policyStyle(style);
    return { label, colour, dash, symbol, shape: 'line' as const };
  });
  const subject = comparePolicies(result.policies)?.subject;
  return html`${renderFigure({
      chart: 'frontier',
      payload: 'payload-fleet',
      title: 'What less shortage costs: every setting of every policy',
      finding: `Towards the lower left is better; the large marks are the current settings. ${frontierFinding(result)}`,
      legend,
      size: 'large',
      simulated: result.trace.simulated,
    })}
    <details>
      <summary>Numbers behind this chart</summary>
      ${renderTable({
        caption:
          'Every setting: a quantile for forecasting policies, a target utilization for target tracking',
        columns: FRONTIER_COLUMNS,
        rows: result.frontier,
        emphasized: (p) => subject !== undefined && p.policy === subject.name,
      })}
    </details>`;
}

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

/**
 * Summary of the fleet: cost and shortage against the baseline, all policies, frontier, models and
 * incidents.
 */
export function renderSummary(result: ReplayResult, pricePerHour?: number): Html {
  const compared = comparePolicies(result.policies);
  const affected = result.applications.filter(({ incidents }) => incidents.length > 0).length;
  return html`<section id="summary" aria-labelledby="summary-heading">
    <h2 id="summary-heading">Fleet summary</h2>
    ${renderBigFigures(result, pricePerHour)}
    ${renderTable({
      caption: 'All policies on the same demand, over the evaluated steps',
      columns: POLICY_COLUMNS,
      rows: orderPolicies(result.policies),
      emphasized: (policy) => policy === compared?.subject,
    })}
    ${renderSavings(result, pricePerHour)} ${renderFrontier(result)} ${renderShortages(result)}
    <div class="pair">
      <div>
        <h3>Models in use</h3>
        ${renderModels(result.models)}
      </div>
      <div>
        <h3>Incidents</h3>
        <p class="big-number">${formatWhole(result.anomalies)}</p>
        <p class="quiet">
          stretches of behaviour outside the calibrated interval, in
          ${formatCount(affected, 'application')}. Each is one alert, however many steps it lasted.
        </p>
      </div>
    </div>
  </section>`;
}
