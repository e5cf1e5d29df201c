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
import { currentLook } from './charts/look.ts';
import { columnTimes } from './charts/time-columns.ts';
import { decodePayload, readyPayload } from './decode-payload.ts';

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
  const days = ranges.get(payload);
  if (days !== undefined) drawing.dispatchAction(zoomTo(element, days));
  drawing.getZr().on('click', ({ offsetX, offsetY }) => {
    const at = [offsetX, offsetY];
    if (!drawing.containPixel({ gridIndex: 0 }, at)) return;
    const [milliseconds] = drawing.convertFromPixel({ gridIndex: 0 }, at);
    if (milliseconds === undefined) return;
    const detail = milliseconds / 1000;
    element.dispatchEvent(new CustomEvent(STEP_SELECTED, { bubbles: true, detail }));
  });
}

/** Range of the charts over time in days to their end, 0 for all, by payload. */
const ranges = new Map<string, number>();

function zoomTo(
  { dataset }: HTMLElement,
  days: number,
): { type: 'dataZoom'; [key: string]: unknown } {
  const chart = readyPayload(dataset['payload'] ?? '')?.charts[dataset['chart'] ?? ''];
  const times = chart !== undefined && 'columns' in chart ? columnTimes(chart.columns) : [];
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const startValue = days === 0 ? first : Math.max(first, last - days * 86_400_000);
  return { type: 'dataZoom', dataZoomIndex: 0, startValue, endValue: last };
}

/** Shows the last days of the charts over time of a payload, also of those drawn later. */
export function selectRange(payload: string, days: number): void {
  ranges.set(payload, days);
  for (const [element, drawing] of drawn) {
    if (drawing.group === payload) drawing.dispatchAction(zoomTo(element, days));
  }
}

/** Names of the series that the reader has switched off in the chart's legend. */
function hiddenSeries(element: HTMLElement): ReadonlySet<string> {
  const off = element
    .closest('.figure')
    ?.querySelectorAll<HTMLElement>('[data-series][aria-pressed=false]');
  return new Set([...(off ?? [])].map(({ dataset }) => dataset['series'] ?? ''));
}

/** Draws a chart whose payload is decompressed; nothing where it has no room. */
function drawNow(element: HTMLElement): void {
  const { chart: name, payload: id } = element.dataset;
  if (name === undefined || id === undefined || drawn.has(element)) return;
  const chart = readyPayload(id)?.charts[name];
  if (chart === undefined || !element.isConnected || element.clientWidth === 0) return;
  const description = element.getAttribute('aria-label') ?? '';
  const drawing = init(element, null, { renderer: 'svg' });
  const hidden = hiddenSeries(element);
  drawing.setOption(chartOption(chart, { look: currentLook(element), description, hidden }));
  if (chart.kind === 'history' || chart.kind === 'allocation') followTime(element, drawing, id);
  drawn.set(element, drawing);
  visibility.unobserve(element);
  sizes.observe(element);
}

async function draw(element: HTMLElement): Promise<void> {
  await decodePayload(element.dataset['payload'] ?? '');
  drawNow(element);
}

const visibility = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
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

/**
 * Draws at once every chart that has room, and finishes what is drawn: a page is printed as it is
 * when its handlers return. Charts keep their shape in print, whatever its width.
 */
export function drawAllNow(root: ParentNode): void {
  for (const element of charts(root)) {
    drawNow(element);
    drawn.get(element)?.getZr().flush();
    const svg = element.querySelector('svg');
    if (!svg || svg.hasAttribute('viewBox')) continue;
    svg.setAttribute('viewBox', `0 0 ${svg.clientWidth} ${svg.clientHeight}`);
  }
}

function erase(element: HTMLElement): void {
  drawn.get(element)?.dispose();
  drawn.delete(element);
}

/** Removes the drawings below an element. */
export function eraseCharts(root: ParentNode): void {
  for (const element of charts(root)) {
    visibility.unobserve(element);
    sizes.unobserve(element);
    erase(element);
  }
}

/** Draws all drawn charts below an element again: colours or selected series have changed. */
export function redrawCharts(root: ParentNode): void {
  for (const element of charts(root).filter((chart) => drawn.has(chart))) {
    erase(element);
    drawNow(element);
  }
}
