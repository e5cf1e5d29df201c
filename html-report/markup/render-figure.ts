import { html, type Html } from './html.ts';
import type { LegendEntry } from './render-legend.ts';
import { renderLegend } from './render-legend.ts';

export interface Figure {
  /** Name of the chart in its payload. */
  readonly chart: string;
  /** Identifier of the element that contains the payload. */
  readonly payload: string;
  readonly title: string;
  /** The chart's content as text: its caption, and its text alternative for screen readers. */
  readonly finding: string;
  readonly legend: readonly LegendEntry[];
  readonly size: 'small' | 'medium' | 'large' | 'strips';
  readonly simulated: boolean;
}

/** Ranges of the charts over time, in days to the end of the trace; 0 is all of it. */
const RANGES = [
  [0, 'All'],
  [28, '4 weeks'],
  [14, '2 weeks'],
  [7, '1 week'],
  [2, '2 days'],
  [1, '1 day'],
] as const;

/**
 * Buttons that set the range of all charts over time of an application.
 * @param days length of the trace; longer ranges are left out.
 */
export function renderRanges(days: number): Html {
  const buttons = RANGES.filter(([range]) => range < days).map(
    ([range, words]) =>
      html`<button type="button" data-range="${range}" aria-pressed="${String(range === 0)}">
        ${words}
      </button>`,
  );
  return html`<div class="ranges" role="group" aria-label="Range of the charts over time">
    ${buttons}
  </div>`;
}

/** Placeholder of a chart; the script draws it when it becomes visible. */
export function renderFigure(figure: Figure): Html {
  const mark = figure.simulated ? html` <span class="mark">simulated</span>` : null;
  return html`<figure class="figure">
    <figcaption>
      <strong class="figure-title">${figure.title}${mark}</strong>
      <span class="finding">${figure.finding}</span>
    </figcaption>
    ${renderLegend(figure.legend)}
    <div
      class="chart chart-${figure.size}"
      role="img"
      aria-label="${figure.title}. ${figure.finding}"
      data-chart="${figure.chart}"
      data-payload="${figure.payload}"
    ></div>
  </figure>`;
}
