import type { EChartsCoreOption } from 'echarts/core';
import type { HistoryChart } from '#html-report/payload/chart-data.ts';
import { chartFrame, timeAxis, valueAxis, zoomSlider } from './chart-frame.ts';
import { bandSeries, lineSeries, markSeries, selectedInstantSeries } from './chart-series.ts';
import type { Look } from './look.ts';
import { columnTimes } from './time-columns.ts';
import { timeText, tooltip, valueText } from './tooltip.ts';

function forecastSeries({ columns }: HistoryChart, { palette }: Look): EChartsCoreOption[] {
  if (columns.values['lower'] === undefined) return [];
  return [
    ...bandSeries(columns, {
      name: 'Expected interval',
      stack: 'interval',
      lower: 'lower',
      upper: 'upper',
      colour: palette.subject,
      opacity: 0.3,
      z: 2,
    }),
    lineSeries(columns, 'median', {
      label: 'Median forecast',
      colour: palette.subject,
      width: 1.25,
      dash: [5, 3],
      z: 3,
    }),
  ];
}

/** Chart option: measured values over the expected interval, with incidents as bands. */
export function historyOption(
  chart: HistoryChart,
  look: Look,
  description: string,
): EChartsCoreOption {
  const { columns, unit } = chart;
  const times = columnTimes(columns);
  const value = (name: string, k: number) => valueText(columns.values[name]?.[k], unit);
  const hasForecast = columns.values['lower'] !== undefined;
  const frame = chartFrame(look, description);
  return {
    ...frame,
    grid: { left: 8, right: 16, top: 12, bottom: hasForecast ? 34 : 4, outerBoundsMode: 'same' },
    xAxis: timeAxis(look),
    yAxis: valueAxis(look, unit),
    dataZoom: [{ ...zoomSlider(look), show: hasForecast }],
    tooltip: tooltip(look, 'axis', ({ dataIndex: k }) => ({
      head: timeText(times[k] ?? 0),
      lines: [
        { label: 'Measured', text: value('actual', k) },
        ...(hasForecast
          ? [
              { label: 'Median forecast', text: value('median', k) },
              { label: 'Interval', text: `${value('lower', k)} to ${value('upper', k)}` },
            ]
          : []),
      ],
    })),
    series: [
      lineSeries(columns, 'actual', {
        label: 'Measured',
        colour: look.palette.ink,
        width: 1.25,
        z: 5,
      }),
      ...forecastSeries(chart, look),
      ...markSeries(look, hasForecast ? chart : { ...chart, evaluatedFromSeconds: null }),
      selectedInstantSeries(),
    ],
  };
}
