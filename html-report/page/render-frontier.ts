import type { FrontierPoint, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { frontierChart, frontierFinding } from '#html-report/charts/frontier-chart.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderFigure } from '#html-report/markup/render-figure.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import { formatName, formatNumber, formatShare, formatWhole } from '#html-report/text/format.ts';
import { policyStyle } from '#html-report/text/palette.ts';

const COLUMNS: readonly Column<FrontierPoint>[] = [
  { head: 'Policy', cell: (p) => formatName(p.policy) },
  { head: 'Knob', kind: 'number', cell: (p) => formatNumber(p.knob) },
  { head: 'Instance-hours', kind: 'number', cell: (p) => formatWhole(p.instanceHours) },
  { head: 'Unserved demand', kind: 'number', cell: (p) => formatShare(p.unservedDemand) },
];

/** Cost against shortage: Foreprint, today's policy and the oracle; the others on demand. */
export function renderFrontier(result: ReplayResult): Html | null {
  if (result.policies.length === 0) return null;
  const { policies } = frontierChart(result);
  const more = policies.filter(({ shown }) => !shown).length;
  const legend = policies.map(({ label, style, shown }) => {
    const { colour, dash, symbol } = policyStyle(style);
    return { label, colour, dash, symbol, shown, shape: 'line' as const };
  });
  const subject = comparePolicies(result.policies)?.subject;
  const hidden =
    more === 0
      ? ''
      : ` Select a name to compare with ${more} more ${more === 1 ? 'policy' : 'policies'}.`;
  return html`<section id="frontier" aria-labelledby="frontier-heading">
    <h2 id="frontier-heading">What less shortage costs</h2>
    ${renderFigure({
      chart: 'frontier',
      payload: 'payload-fleet',
      title: 'Every setting, on the same demand',
      finding: `Towards the lower left is better; the large marks are the current settings. ${frontierFinding(result)}${hidden}`,
      legend,
      size: 'large',
      simulated: result.trace.simulated,
    })}
    <details>
      <summary>Numbers behind this chart</summary>
      ${renderTable({
        caption:
          'Every setting: a quantile for forecasting policies, a target utilization for target tracking',
        columns: COLUMNS,
        rows: result.frontier,
        emphasized: (p) => subject !== undefined && p.policy === subject.name,
      })}
    </details>
  </section>`;
}
