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
import { chosenInstant } from './chart-series.ts';
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

/** Event of a chart over time in which the reader chose an instant; its detail is in Unix seconds. */
export const STEP_CHOSEN = 'step-chosen';

/** The instant that is marked in the charts over time of a payload. */
const chosen = new Map<string, number>();

/** Marks an instant in every chart of a payload that shows the time of the trace, now and when it is drawn later. */
export function chooseInstant(payload: string, seconds: number): void {
  chosen.set(payload, seconds);
  for (const [element, drawing] of drawn) {
    if (element.dataset['payload'] === payload && drawing.group === payload) {
      drawing.setOption(chosenInstant(currentLook(element), seconds));
    }
  }
}

/** A chart over the time of the trace: it zooms with the others of its application, and a click chooses an instant. */
function followTime(element: HTMLElement, drawing: EChartsType, payload: string): void {
  drawing.group = payload;
  connect(payload);
  const seconds = chosen.get(payload);
  if (seconds !== undefined) drawing.setOption(chosenInstant(currentLook(element), seconds));
  drawing.getZr().on('click', ({ offsetX, offsetY }) => {
    const at = [offsetX, offsetY];
    if (!drawing.containPixel({ gridIndex: 0 }, at)) return;
    const [milliseconds] = drawing.convertFromPixel({ gridIndex: 0 }, at);
    if (milliseconds === undefined) return;
    const detail = milliseconds / 1000;
    element.dispatchEvent(new CustomEvent(STEP_CHOSEN, { bubbles: true, detail }));
  });
}

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
    followTime(element, drawing, payload);
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
