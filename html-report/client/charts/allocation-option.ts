import type { EChartsCoreOption } from 'echarts/core';
import type { AllocationChart } from '#html-report/payload/chart-data.ts';
import { policyStyle } from '#html-report/text/palette.ts';
import { chartFrame, timeAxis, valueAxis, zoomSlider } from './chart-frame.ts';
import { lineSeries, markSeries, selectedInstantSeries } from './chart-series.ts';
import type { Look } from './look.ts';
import { columnPoints, columnTimes } from './time-columns.ts';
import { timeText, tooltip, valueText } from './tooltip.ts';

function demandSeries(chart: AllocationChart, look: Look): EChartsCoreOption {
  const { palette } = look;
  return {
    type: 'line',
    name: 'Demand',
    step: 'end',
    symbol: 'none',
    z: 2,
    data: columnPoints(chart.columns, 'demand'),
    lineStyle: { color: palette.muted, width: 0.75 },
    areaStyle: { color: palette.ink, opacity: 0.28 },
    emphasis: { disabled: true },
  };
}

/** Chart option: instances in service as step lines, demand as an area. */
export function allocationOption(
  chart: AllocationChart,
  look: Look,
  description: string,
): EChartsCoreOption {
  const { columns, policies } = chart;
  const times = columnTimes(columns);
  const value = (name: string, k: number) => valueText(columns.values[name]?.[k], 'instances');
  const frame = chartFrame(look, description);
  return {
    ...frame,
    grid: { left: 8, right: 16, top: 12, bottom: 34, outerBoundsMode: 'same' },
    xAxis: timeAxis(look),
    yAxis: valueAxis(look, 'instances'),
    dataZoom: [zoomSlider(look)],
    tooltip: tooltip(look, 'axis', ({ dataIndex: k }) => ({
      head: timeText(times[k] ?? 0),
      lines: [
        { label: 'Demand', text: value('demand', k) },
        ...policies.map((label, i) => ({ label, text: value(`policy${i}`, k) })),
      ],
    })),
    series: [
      demandSeries(chart, look),
      ...policies.map((label, i) => {
        const { colour, dash } = policyStyle(i);
        return {
          ...lineSeries(columns, `policy${i}`, {
            label,
            colour: look.palette[colour],
            width: 1.5,
            dash,
            z: 6 - i,
          }),
          step: 'end',
        };
      }),
      ...markSeries(look, chart),
      selectedInstantSeries(),
    ],
  };
}
