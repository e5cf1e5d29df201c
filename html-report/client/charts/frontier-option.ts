import type { EChartsCoreOption } from 'echarts/core';
import type { FrontierChart } from '#html-report/payload/chart-data.ts';
import { policyStyle } from '#html-report/text/palette.ts';
import { axisStyle, chartFrame } from './chart-frame.ts';
import { NARROW, type Look } from './look.ts';
import { tooltip, valueText } from './tooltip.ts';

type Policy = FrontierChart['policies'][number];

function settings({ style, points }: Policy, look: Look): EChartsCoreOption {
  const { colour, dash, symbol } = policyStyle(style);
  return {
    type: 'line',
    data: points.map(([hours, unserved]) => [hours, unserved]),
    symbol,
    symbolSize: 7,
    z: 3,
    lineStyle: {
      color: look.palette[colour],
      width: 1.75,
      type: dash.length === 0 ? 'solid' : [...dash],
    },
    itemStyle: { color: look.palette[colour] },
    emphasis: { scale: 1.4 },
  };
}

function currentSetting({ style, current, label }: Policy, look: Look): EChartsCoreOption {
  const { colour, symbol } = policyStyle(style);
  return {
    type: 'scatter',
    data: current === null ? [] : [[...current]],
    symbol,
    symbolSize: 17,
    z: 5,
    itemStyle: {
      color: look.palette[colour],
      borderColor: look.palette.surface,
      borderWidth: 2.5,
      opacity: 1,
    },
    // Labels that would overlap another one are hidden: the legend names all policies.
    labelLayout: { hideOverlap: true },
    label: {
      show: look.width >= NARROW,
      formatter: () => label,
      position: [14, -12],
      color: look.palette[colour],
      fontSize: 13,
      fontWeight: 'bold',
      textBorderColor: look.palette.surface,
      textBorderWidth: 3,
    },
  };
}

function frontierTooltip(chart: FrontierChart, look: Look): EChartsCoreOption {
  return tooltip(look, 'item', ({ seriesIndex, dataIndex }) => {
    const count = chart.policies.length;
    const policy = chart.policies[seriesIndex % count];
    const isCurrent = seriesIndex >= count;
    const [hours, unserved] = (isCurrent ? policy?.current : policy?.points[dataIndex]) ?? [];
    const knob = isCurrent ? undefined : policy?.points[dataIndex]?.[2];
    return {
      head: `${policy?.label ?? ''}${isCurrent ? ', current setting' : ''}`,
      lines: [
        ...(knob === undefined ? [] : [{ label: 'Knob', text: String(knob) }]),
        { label: 'Instance-hours', text: valueText(hours, '') },
        { label: 'Unserved demand', text: valueText(unserved, '%') },
      ],
    };
  });
}

/** A round number of instance-hours left of all that is as low as the chart is high. */
function leftEdge({ policies, tallest }: FrontierChart): number {
  const hours = policies.flatMap(({ points, current }) =>
    [...points, ...(current ? [current] : [])]
      .filter(([, unserved]) => unserved <= tallest)
      .map(([instanceHours]) => instanceHours),
  );
  if (hours.length === 0) return 0;
  const [least, most] = [Math.min(...hours), Math.max(...hours)];
  const step = 10 ** Math.floor(Math.log10(Math.max(1, most - least)));
  return Math.max(0, Math.floor(least / step) * step);
}

/**
 * Chart option: cost against shortage, per policy a line through its settings, with the current
 * setting marked.
 */
export function frontierOption(
  chart: FrontierChart,
  look: Look,
  description: string,
): EChartsCoreOption {
  const axis = axisStyle(look);
  return {
    ...chartFrame(look, description),
    // Labels are to the right of their marks, so the most expensive policy needs space at the edge.
    grid: {
      left: 8,
      right: look.width < NARROW ? 24 : 96,
      top: 10,
      bottom: 4,
      outerBoundsMode: 'same',
    },
    xAxis: {
      ...axis,
      type: 'value',
      min: leftEdge(chart),
      name: 'instance-hours',
      nameLocation: 'middle',
      nameGap: 28,
      scale: true,
      splitNumber: look.width < NARROW ? 3 : 6,
      axisLine: { show: true, onZero: false, lineStyle: { color: look.palette.rule } },
    },
    yAxis: {
      ...axis,
      type: 'value',
      name: 'unserved demand',
      nameTextStyle: { color: look.palette.muted, fontSize: 12, align: 'left' },
      min: 0,
      max: chart.tallest,
      axisLabel: { color: look.palette.muted, fontSize: 12, formatter: '{value}%' },
    },
    tooltip: frontierTooltip(chart, look),
    series: [
      ...chart.policies.map((policy) => settings(policy, look)),
      ...chart.policies.map((policy) => currentSetting(policy, look)),
    ],
  };
}
