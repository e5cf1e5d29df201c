import { LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { LIGHT } from '#html-report/text/palette.ts';

/** One measured point: CPU time of the training and peak memory of its process. */
export interface GrowthPoint {
  readonly size: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

export interface GrowthCurve {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly GrowthPoint[];
  readonly exponent: number;
}

const WIDTH = 900;
const HEIGHT = 340;

/**
 * Training time against size, both axes logarithmic, one panel a curve, beside what exactly linear
 * growth would be.
 */
export function growthPicture(curves: readonly GrowthCurve[]): string {
  use([LineChart, GridComponent, TitleComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const panel = WIDTH / curves.length;
  const axis = { type: 'log', axisLine: { show: true }, splitLine: { show: false } } as const;
  const text = { color: LIGHT.ink, fontFamily: 'sans-serif' };
  chart.setOption({
    animation: false,
    backgroundColor: LIGHT.page,
    textStyle: text,
    title: curves.map(({ title, exponent }, k) => ({
      text: `${title}: exponent ${exponent.toFixed(2)}`,
      left: k * panel + 60,
      top: 12,
      textStyle: { ...text, fontSize: 14 },
    })),
    grid: curves.map((_, k) => ({ left: k * panel + 70, width: panel - 110, top: 60, bottom: 60 })),
    xAxis: curves.map(({ unit, points }, k) => ({
      ...axis,
      gridIndex: k,
      name: unit,
      nameLocation: 'middle',
      nameGap: 30,
      min: points[0]!.size,
      max: points.at(-1)!.size,
      logBase: 2,
      axisLabel: { formatter: (value: number) => String(Math.round(value)) },
    })),
    yAxis: curves.map((_, k) => ({ ...axis, gridIndex: k, name: 'CPU, s', logBase: 2 })),
    series: curves.flatMap((curve, k) => [
      { ...line(k, curve.points), color: LIGHT.subject, symbolSize: 8 },
      { ...line(k, linearFrom(curve.points)), color: LIGHT.muted, symbol: 'none', ...DASHED },
    ]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const DASHED = { lineStyle: { type: 'dashed' } } as const;

function line(panel: number, points: readonly GrowthPoint[]) {
  return {
    type: 'line' as const,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: points.map(({ size, cpuSeconds }) => [size, cpuSeconds]),
  };
}

/** As the time would grow from the first point on if it were in proportion. */
function linearFrom(points: readonly GrowthPoint[]): readonly GrowthPoint[] {
  const [first] = points;
  return points.map((point) => {
    return { ...point, cpuSeconds: (first!.cpuSeconds * point.size) / first!.size };
  });
}
