import type { EChartsCoreOption } from 'echarts/core';
import type { FanChart } from '#html-report/payload/chart-data.ts';
import { chartFrame, timeAxis, valueAxis } from './chart-frame.ts';
import { bandSeries, instantMark, lineSeries } from './chart-series.ts';
import type { Look } from './look.ts';
import { columnTimes } from './time-columns.ts';
import { timeText, tooltip, valueText } from './tooltip.ts';

/** Each interval is drawn over the wider one, so equal layers get darker towards the median. */
const LAYER_OPACITY = 0.18;

/** Chart option: nested intervals around the median, and the measured values. */
export function fanOption(chart: FanChart, look: Look, description: string): EChartsCoreOption {
  const { columns, unit, intervals } = chart;
  const { palette } = look;
  const times = columnTimes(columns);
  const value = (name: string, k: number) => valueText(columns.values[name]?.[k], unit);
  return {
    ...chartFrame(look, description),
    xAxis: timeAxis(look),
    yAxis: valueAxis(look, unit),
    tooltip: tooltip(look, 'axis', ({ dataIndex: k }) => ({
      head: timeText(times[k] ?? 0),
      lines: [
        { label: 'Measured', text: value('actual', k) },
        { label: 'Median forecast', text: value('median', k) },
        ...intervals.map((label, i) => ({
          label,
          text: `${value(`lower${i}`, k)} to ${value(`upper${i}`, k)}`,
        })),
      ],
    })),
    series: [
      {
        ...lineSeries(columns, 'actual', {
          label: 'Measured',
          colour: palette.ink,
          width: 1.25,
          z: 6,
        }),
        ...instantMark(look, {
          seconds: chart.originSeconds,
          label: 'forecast made',
          side: 'right',
        }),
      },
      ...intervals.flatMap((name, i) =>
        bandSeries(columns, {
          name,
          stack: `interval${i}`,
          lower: `lower${i}`,
          upper: `upper${i}`,
          colour: palette.subject,
          opacity: LAYER_OPACITY,
          z: 2,
        }),
      ),
      lineSeries(columns, 'median', {
        label: 'Median forecast',
        colour: palette.subject,
        width: 1.75,
        dash: [5, 3],
        z: 5,
      }),
    ],
  };
}
