import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import { fanChart } from '#html-report/charts/fan-chart.ts';
import { fanFinding } from '#html-report/charts/fan-finding.ts';
import { html } from '#html-report/markup/html.ts';
import { renderFigure } from '#html-report/markup/render-figure.ts';
import { renderIncidents } from '#html-report/page/render-incidents.ts';
import type { Chart, Payload } from '#html-report/payload/chart-data.ts';
import type { LiveApplication } from './live-application.ts';

/** Widest interval first, as in the report. */
const OPACITIES = [0.16, 0.3, 0.46];

/**
 * An application on the live page: its decision, for each resource what was measured with the
 * forecast as a fan, and its incidents.
 * @param payload identifier of the element that the page keeps the data in.
 */
export function renderLiveApplication(application: LiveApplication, payload: string): Payload {
  const { history, decision, forecast, isSimulated } = application;
  const drawn = { actual: history.values, fan: forecast };
  const trace = { fromSeconds: history.startSeconds };
  const charts: Record<string, Chart> = {};
  const figures = RESOURCES.flatMap((resource: Resource) => {
    const chart = fanChart(drawn, trace, resource);
    if (chart === null) return [];
    charts[resource] = chart;
    return renderFigure({
      chart: resource,
      payload,
      title: `${RESOURCE_LABELS[resource]}, measured and forecast`,
      finding: fanFinding(drawn, trace, resource),
      legend: [
        { label: 'Measured', colour: 'ink', shape: 'line' },
        { label: 'Median forecast', colour: 'subject', shape: 'line', dash: [5, 3] },
        ...chart.intervals.map((label, k) => ({
          label,
          colour: 'subject' as const,
          shape: 'area' as const,
          opacity: OPACITIES[k] ?? 0.3,
        })),
      ],
      size: 'medium',
      simulated: isSimulated,
    });
  });
  const noForecast =
    figures.length === 0 ? html`<p class="quiet">There is no forecast yet.</p>` : null;
  const mark = isSimulated ? html`<span class="mark">simulated</span> ` : null;
  const markup = html`<p>
      ${mark} <strong>${decision.instances} instances.</strong> ${decision.reason.summary}
    </p>
    ${figures} ${noForecast} ${renderIncidents(application)}`;
  return { markup: markup.markup, charts };
}
