import { html, type Html } from './html.ts';
import type { LegendEntry } from './render-legend.ts';
import { renderLegend } from './render-legend.ts';

export interface Figure {
  /** Name of the chart in the payload it comes with. */
  readonly chart: string;
  /** Element that holds the payload. */
  readonly payload: string;
  readonly title: string;
  /** What the chart shows, in words and numbers: caption for all, text alternative for those who cannot see it. */
  readonly finding: string;
  readonly legend: readonly LegendEntry[];
  readonly size: 'small' | 'medium' | 'large' | 'strips';
  readonly simulated: boolean;
}

/** A chart's place on the page; the script draws into it when it comes into view. */
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
