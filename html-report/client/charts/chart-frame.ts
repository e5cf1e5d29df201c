import type { EChartsCoreOption } from 'echarts/core';
import type { Look } from './look.ts';
import { NARROW } from './look.ts';

/** Style of text and lines for all axes. */
export function axisStyle({ palette }: Look): EChartsCoreOption {
  return {
    axisLine: { show: false, lineStyle: { color: palette.rule } },
    axisTick: { show: false },
    axisLabel: { color: palette.muted, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: palette.rule, width: 1 } },
    nameTextStyle: { color: palette.muted, fontSize: 12 },
  };
}

/** A time axis in UTC: days, and hours if there is enough space. */
export function timeAxis(look: Look): EChartsCoreOption {
  const style = axisStyle(look);
  return {
    ...style,
    type: 'time',
    axisLine: { show: true, lineStyle: { color: look.palette.rule } },
    splitLine: { show: false },
    splitNumber: look.width < NARROW ? 3 : 7,
    axisLabel: {
      color: look.palette.muted,
      fontSize: 12,
      hideOverlap: true,
      formatter: {
        year: '{d} {MMM} {yyyy}',
        month: '{d} {MMM}',
        day: '{d} {MMM}',
        hour: '{HH}:{mm}',
        minute: '{HH}:{mm}',
      },
    },
  };
}

/** A value axis with its unit above it. */
export function valueAxis(look: Look, unit: string): EChartsCoreOption {
  return {
    ...axisStyle(look),
    type: 'value',
    name: unit,
    nameLocation: 'end',
    nameGap: 10,
    nameTextStyle: { color: look.palette.muted, fontSize: 12, align: 'left' },
    min: 0,
    splitNumber: 4,
  };
}

/** Options that all charts share. */
export function chartFrame(look: Look, description: string): EChartsCoreOption {
  const { palette, font } = look;
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font, color: palette.ink },
    aria: { enabled: true, label: { description } },
    grid: { left: 8, right: 16, top: 12, bottom: 4, outerBoundsMode: 'same' },
  };
}

/** A slider below the chart that zooms into a time range. */
export function zoomSlider({ palette }: Look): EChartsCoreOption {
  return {
    type: 'slider',
    height: 18,
    bottom: 6,
    left: 44,
    right: 24,
    brushSelect: false,
    showDetail: false,
    showDataShadow: false,
    borderColor: palette.rule,
    fillerColor: `${palette.subject}22`,
    handleStyle: { color: palette.surface, borderColor: palette.muted },
    moveHandleStyle: { color: palette.muted, opacity: 0.5 },
    emphasis: { handleStyle: { borderColor: palette.subject } },
    backgroundColor: palette.sunken,
  };
}
