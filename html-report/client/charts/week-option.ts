import type { EChartsCoreOption } from 'echarts/core';
import type { WeekChart } from '#html-report/payload/chart-data.ts';
import { axisStyle, chartFrame } from './chart-frame.ts';
import type { Look } from './look.ts';
import { tooltip, valueText } from './tooltip.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 168 }, (_, hour) => hour);
const TOP = 26;
const BOTTOM = 24;
const GAP = 28;

/** Day labels are at noon, split lines at midnight. */
function weekAxis(look: Look, strip: number, last: boolean): EChartsCoreOption {
  return {
    ...axisStyle(look),
    type: 'category',
    gridIndex: strip,
    data: HOURS,
    boundaryGap: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.palette.rule } },
    splitLine: {
      show: true,
      interval: (hour: number) => hour % 24 === 0,
      lineStyle: { color: look.palette.rule },
    },
    axisLabel: {
      show: last,
      color: look.palette.muted,
      fontSize: 12,
      interval: (hour: number) => hour % 24 === 12,
      formatter: (hour: string) => DAYS[Math.floor(Number(hour) / 24)] ?? '',
    },
  };
}

function stripAxis(look: Look, strip: number, label: string): EChartsCoreOption {
  return {
    ...axisStyle(look),
    type: 'value',
    gridIndex: strip,
    name: label,
    nameGap: 9,
    nameTextStyle: {
      color: look.palette.ink,
      fontSize: 12,
      align: 'left',
      padding: [0, 0, 0, -32],
    },
    min: 0,
    splitNumber: 2,
    axisLabel: { color: look.palette.muted, fontSize: 12, formatter: '{value}×' },
  };
}

/** Chart option: one strip per resource over a shared week. */
export function weekOption(chart: WeekChart, look: Look, description: string): EChartsCoreOption {
  const { strips } = chart;
  const count = Math.max(1, strips.length);
  // Strips share the element's height, which the style sheet sets by kind of chart.
  const room = (count > 1 ? 360 : 180) - TOP - BOTTOM - (count - 1) * GAP;
  const height = room / count;
  return {
    ...chartFrame(look, description),
    grid: strips.map((_, k) => ({
      left: 40,
      right: 8,
      top: TOP + k * (height + GAP),
      height,
      outerBoundsMode: 'none',
    })),
    xAxis: strips.map((_, k) => weekAxis(look, k, k === count - 1)),
    yAxis: strips.map(({ label }, k) => stripAxis(look, k, label)),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: tooltip(look, 'axis', ({ dataIndex: hour }) => ({
      head: `${DAYS[Math.floor(hour / 24)] ?? ''} ${String(hour % 24).padStart(2, '0')}:00 UTC`,
      lines: strips.map(({ label, values }) => ({
        label,
        text: valueText(values[hour], '× its mean'),
      })),
    })),
    series: strips.map(({ values }, k) => ({
      type: 'line',
      xAxisIndex: k,
      yAxisIndex: k,
      data: [...values],
      symbol: 'none',
      lineStyle: { color: look.palette.subject, width: 1.5 },
      areaStyle: { color: look.palette.subject, opacity: 0.12 },
      emphasis: { disabled: true },
    })),
  };
}
