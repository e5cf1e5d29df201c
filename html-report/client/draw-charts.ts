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
import { chartOption } from './charts/chart-option.ts';
import { selectedInstantOption } from './charts/chart-series.ts';
import { decodePayload } from './decode-payload.ts';
import { currentLook } from './charts/look.ts';

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

/** Drawn charts, by element. */
const drawn = new Map<HTMLElement, EChartsType>();

/** Event of a chart over time when the reader selects an instant; `detail` is in Unix seconds. */
export const STEP_SELECTED = 'step-selected';

/** Selected instant (Unix seconds) by payload. */
const selectedInstants = new Map<string, number>();

/**
 * Marks an instant in every chart over time of a payload, including charts that are drawn later.
 */
export function selectInstant(payload: string, seconds: number): void {
  selectedInstants.set(payload, seconds);
  for (const [element, drawing] of drawn) {
    if (element.dataset['payload'] === payload && drawing.group === payload) {
      drawing.setOption(selectedInstantOption(currentLook(element), seconds));
    }
  }
}

/**
 * Connects a chart over time to the others of its application: they zoom together, and a click
 * selects an instant.
 */
function followTime(element: HTMLElement, drawing: EChartsType, payload: string): void {
  drawing.group = payload;
  connect(payload);
  const seconds = selectedInstants.get(payload);
  if (seconds !== undefined) {
    drawing.setOption(selectedInstantOption(currentLook(element), seconds));
  }
  drawing.getZr().on('click', ({ offsetX, offsetY }) => {
    const at = [offsetX, offsetY];
    if (!drawing.containPixel({ gridIndex: 0 }, at)) return;
    const [milliseconds] = drawing.convertFromPixel({ gridIndex: 0 }, at);
    if (milliseconds === undefined) return;
    const detail = milliseconds / 1000;
    element.dispatchEvent(new CustomEvent(STEP_SELECTED, { bubbles: true, detail }));
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

const visibility = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      visibility.unobserve(target);
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

/** Draws each chart below an element when it becomes visible. */
export function drawWhenSeen(root: ParentNode): void {
  for (const element of charts(root)) visibility.observe(element);
}

/** Removes the drawings below an element. */
export function eraseCharts(root: ParentNode): void {
  for (const element of charts(root)) {
    visibility.unobserve(element);
    sizes.unobserve(element);
    drawn.get(element)?.dispose();
    drawn.delete(element);
  }
}

/** Draws all drawn charts again, after a change of colours. */
export async function redrawCharts(): Promise<void> {
  const elements = [...drawn.keys()];
  for (const element of elements) {
    drawn.get(element)?.dispose();
    drawn.delete(element);
  }
  await Promise.all(elements.map(draw));
}
