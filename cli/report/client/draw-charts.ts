import { LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomSliderComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, init, use, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { chartOption } from './chart-option.ts';
import { decodePayload } from './decode-payload.ts';
import { currentLook } from './look.ts';

use([
  LineChart,
  ScatterChart,
  GridComponent,
  TooltipComponent,
  MarkAreaComponent,
  MarkLineComponent,
  DataZoomSliderComponent,
  AriaComponent,
  LabelLayout,
  SVGRenderer,
]);

/** Charts on the page that have been drawn. */
const drawn = new Map<HTMLElement, EChartsType>();

async function draw(element: HTMLElement): Promise<void> {
  const { chart: name, payload } = element.dataset;
  if (name === undefined || payload === undefined || drawn.has(element)) return;
  const { charts } = await decodePayload(payload);
  const chart = charts[name];
  if (chart === undefined || !element.isConnected || drawn.has(element)) return;
  const description = element.getAttribute('aria-label') ?? '';
  const drawing = init(element, null, { renderer: 'svg' });
  drawing.setOption(chartOption(chart, currentLook(element), description));
  if (chart.kind === 'history' || chart.kind === 'allocation') {
    // Charts of one application zoom together.
    drawing.group = payload;
    connect(payload);
  }
  drawn.set(element, drawing);
  sizes.observe(element);
}

const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      sight.unobserve(target);
      void draw(target);
    }
  },
  { rootMargin: '300px' },
);

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target instanceof HTMLElement && target.clientWidth > 0) drawn.get(target)?.resize();
  }
});

function charts(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-chart]')];
}

/** Draws each chart below an element when it comes into view. */
export function drawWhenSeen(root: ParentNode): void {
  for (const element of charts(root)) sight.observe(element);
}

/** Removes the drawings below an element. */
export function eraseCharts(root: ParentNode): void {
  for (const element of charts(root)) {
    sight.unobserve(element);
    sizes.unobserve(element);
    drawn.get(element)?.dispose();
    drawn.delete(element);
  }
}

/** Draws what is drawn once more: after the colours changed. */
export async function redrawCharts(): Promise<void> {
  const elements = [...drawn.keys()];
  for (const element of elements) {
    drawn.get(element)?.dispose();
    drawn.delete(element);
  }
  await Promise.all(elements.map(draw));
}
