import type { EChartsCoreOption } from 'echarts/core';
import type { Columns, HistoryChart } from '#html-report/payload/chart-data.ts';
import type { Look } from './look.ts';
import { columnPoints, columnTimes, distancePoints } from './time-columns.ts';

const SILENT = {
  type: 'line',
  silent: true,
  symbol: 'none',
  lineStyle: { width: 0 },
  emphasis: { disabled: true },
};

export interface BandStyle {
  /** As in the legend. */
  readonly name: string;
  readonly stack: string;
  readonly lower: string;
  readonly upper: string;
  readonly colour: string;
  readonly opacity: number;
  readonly z: number;
}

/**
 * An interval as two stacked layers: an invisible one up to the lower bound, and a filled one up to
 * the upper bound.
 */
export function bandSeries(columns: Columns, band: BandStyle): readonly EChartsCoreOption[] {
  const { name, stack, lower, upper, colour, opacity, z } = band;
  return [
    { ...SILENT, name, stack, z, data: columnPoints(columns, lower) },
    {
      ...SILENT,
      name,
      stack,
      z,
      stackStrategy: 'all',
      data: distancePoints(columns, lower, upper),
      areaStyle: { color: colour, opacity },
    },
  ];
}

export interface LineStyle {
  /** As in the legend. */
  readonly label: string;
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly z?: number;
}

/** A line without symbols. */
export function lineSeries(columns: Columns, name: string, style: LineStyle): EChartsCoreOption {
  return {
    type: 'line',
    name: style.label,
    data: columnPoints(columns, name),
    symbol: 'none',
    z: style.z ?? 4,
    lineStyle: {
      color: style.colour,
      width: style.width,
      type: style.dash === undefined || style.dash.length === 0 ? 'solid' : [...style.dash],
    },
    itemStyle: { color: style.colour },
    emphasis: { disabled: true },
  };
}

export interface Instant {
  /** Null for no mark. */
  readonly seconds: number | null;
  readonly label: string;
  /** The side of the line that has space for the label. */
  readonly side: 'left' | 'right';
}

/** Option of a series that draws a dotted line at an instant. */
export function instantMark({ palette }: Look, instant: Instant): EChartsCoreOption {
  const { seconds, label, side } = instant;
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: palette.muted, type: [3, 3], width: 1 },
      label: {
        formatter: label,
        color: palette.muted,
        fontSize: 12,
        position: 'insideEndTop',
        rotate: 0,
        align: side === 'left' ? 'right' : 'left',
        distance: [4, 4],
      },
      data: seconds === null ? [] : [{ xAxis: seconds * 1000 }],
    },
  };
}

/** An empty series that carries the mark of the instant that the reader selected. */
const SELECTED_INSTANT = { id: 'chosen', type: 'line', data: [], silent: true };

/** Placeholder for `selectedInstantOption`; must be the last series of a chart over time. */
export function selectedInstantSeries(): EChartsCoreOption {
  return SELECTED_INSTANT;
}

/** Option that marks the selected instant with a line. */
export function selectedInstantOption({ palette }: Look, seconds: number): EChartsCoreOption {
  return {
    series: [
      {
        ...SELECTED_INSTANT,
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: palette.ink, type: 'solid', width: 1.5 },
          label: { show: false },
          data: [{ xAxis: seconds * 1000 }],
        },
      },
    ],
  };
}

/** Series that draw incidents as numbered bands and the start of the evaluation as a line. */
export function markSeries(
  look: Look,
  chart: Pick<HistoryChart, 'columns' | 'incidents' | 'evaluatedFromSeconds'>,
): readonly EChartsCoreOption[] {
  const { palette } = look;
  const { columns, incidents, evaluatedFromSeconds } = chart;
  const times = columnTimes(columns);
  const middle = ((times[0] ?? 0) + (times[times.length - 1] ?? 0)) / 2000;
  const side = (evaluatedFromSeconds ?? 0) > middle ? 'left' : 'right';
  const empty = { type: 'line', data: [], silent: true };
  return [
    {
      ...empty,
      name: 'Incident',
      markArea: {
        silent: true,
        itemStyle: { color: palette.incident, opacity: 0.22 },
        label: { color: palette.incident, fontSize: 12, fontWeight: 'bold', distance: 2 },
        data: incidents.map(({ fromSeconds, toSeconds, label }) => [
          { name: label, xAxis: fromSeconds * 1000 },
          { xAxis: toSeconds * 1000 },
        ]),
      },
    },
    {
      ...empty,
      ...instantMark(look, { seconds: evaluatedFromSeconds, label: 'evaluated from here', side }),
    },
  ];
}
