import type { EChartsCoreOption } from 'echarts/core';
import type { Chart } from '#html-report/payload/chart-data.ts';
import { allocationOption } from './allocation-option.ts';
import { fanOption } from './fan-option.ts';
import { frontierOption } from './frontier-option.ts';
import { historyOption } from './history-option.ts';
import type { Look } from './look.ts';
import { weekOption } from './week-option.ts';

/** The ECharts option of any chart in the current look. */
export function chartOption(chart: Chart, look: Look, description: string): EChartsCoreOption {
  switch (chart.kind) {
    case 'frontier':
      return frontierOption(chart, look, description);
    case 'week':
      return weekOption(chart, look, description);
    case 'history':
      return historyOption(chart, look, description);
    case 'fan':
      return fanOption(chart, look, description);
    case 'allocation':
      return allocationOption(chart, look, description);
  }
}
