import type { EChartsCoreOption } from 'echarts/core';
import type { Chart, FrontierChart } from '#html-report/payload/chart-data.ts';
import { allocationOption } from './allocation-option.ts';
import { fanOption } from './fan-option.ts';
import { frontierOption } from './frontier-option.ts';
import { historyOption } from './history-option.ts';
import type { Look } from './look.ts';
import { weekOption } from './week-option.ts';

export interface Drawing {
  readonly look: Look;
  readonly description: string;
  /** Names of series that are not drawn. */
  readonly hidden: ReadonlySet<string>;
}

/** The ECharts option of any chart in the current look. */
export function chartOption(
  chart: Chart,
  { look, description, hidden }: Drawing,
): EChartsCoreOption {
  switch (chart.kind) {
    case 'frontier':
      return frontierOption(shownPolicies(chart, hidden), look, description);
    case 'week':
      return weekOption(chart, look, description);
    case 'history':
      return without(hidden, historyOption(chart, look, description));
    case 'fan':
      return without(hidden, fanOption(chart, look, description));
    case 'allocation':
      return without(hidden, allocationOption(chart, look, description));
  }
}

/** The chart with the chosen policies, and as high as they need. */
function shownPolicies(chart: FrontierChart, hidden: ReadonlySet<string>): FrontierChart {
  const policies = chart.policies.filter(({ label }) => !hidden.has(label));
  const tallest = policies.every(({ shown }) => shown) ? chart.tallest : chart.tallestOfAll;
  return { ...chart, policies, tallest };
}

function without(hidden: ReadonlySet<string>, option: EChartsCoreOption): EChartsCoreOption {
  const { series } = option;
  if (hidden.size === 0 || !Array.isArray(series)) return option;
  const isShown = ({ name }: { readonly name?: string }) => name === undefined || !hidden.has(name);
  return { ...option, series: series.filter(isShown) };
}
