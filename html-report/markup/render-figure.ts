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
