import { RESOURCES } from '#core/domain/footprint.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import type {
  ApplicationReplay,
  ReplayResult,
  ReplayTrace,
} from '#evaluation/replay/replay-result.ts';
import {
  allocationChart,
  allocationFinding,
  drawnPolicies,
} from '#html-report/charts/allocation-chart.ts';
import { fanChart } from '#html-report/charts/fan-chart.ts';
import { fanFinding } from '#html-report/charts/fan-finding.ts';
import { historyChart } from '#html-report/charts/history-chart.ts';
import { historyFinding } from '#html-report/charts/history-finding.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderFigure, renderRanges } from '#html-report/markup/render-figure.ts';
import type { LegendEntry } from '#html-report/markup/render-legend.ts';
import type { Chart, Payload } from '#html-report/payload/chart-data.ts';
import { explanations } from '#html-report/payload/explanations.ts';
import {
  formatAmount,
  formatCount,
  formatDuration,
  formatName,
  formatWhole,
} from '#html-report/text/format.ts';
import { policyStyle } from '#html-report/text/palette.ts';
import { renderCrossValidation } from './render-cross-validation.ts';
import { renderDecisions } from './render-decisions.ts';
import { renderExplanation } from './render-explanation.ts';
import { renderIncidents } from './render-incidents.ts';

interface Drawing {
  readonly markup: Html;
  readonly charts: Readonly<Record<string, Chart>>;
}

interface Place {
  readonly application: ApplicationReplay;
  readonly trace: ReplayTrace;
  readonly payload: string;
}

const ACTUAL: LegendEntry = { label: 'Measured', colour: 'ink', shape: 'line' };
const INCIDENT: LegendEntry = {
  label: 'Incident',
  colour: 'incident',
  shape: 'area',
  opacity: 0.22,
};
const MEDIAN: LegendEntry = {
  label: 'Median forecast',
  colour: 'subject',
  shape: 'line',
  dash: [5, 3],
};
const INTERVAL: LegendEntry = {
  label: 'Expected interval',
  colour: 'subject',
  shape: 'area',
  opacity: 0.3,
};
/** Widest interval first. Each is drawn over the previous one, so the shades add up. */
const FAN_OPACITIES = [0.16, 0.3, 0.46];

function drawHistories({ application, trace, payload }: Place): Drawing {
  const measured = trace.resources.filter((resource) => application.actual[resource] !== undefined);
  const charts: Record<string, Chart> = {};
  const figures = measured.map((resource) => {
    const chart = historyChart(application, trace, resource);
    const name = `history-${resource}`;
    charts[name] = chart;
    return renderFigure({
      chart: name,
      payload,
      title: `${RESOURCE_LABELS[resource]}, measured${resource === trace.resources[0] ? ` and forecast ${formatDuration(trace.leadSeconds)} before` : ''}`,
      finding: historyFinding(application, trace, resource),
      legend: [
        ACTUAL,
        ...(resource === trace.resources[0] ? [MEDIAN, INTERVAL] : []),
        ...(chart.incidents.length > 0 ? [INCIDENT] : []),
      ],
      size: resource === trace.resources[0] ? 'large' : 'small',
      simulated: trace.simulated,
    });
  });
  return { markup: html`${figures}`, charts };
}

function drawFans({ application, trace, payload }: Place): Drawing {
  const charts: Record<string, Chart> = {};
  const figures = trace.resources.flatMap((resource) => {
    const chart = fanChart(application, trace, resource);
    if (chart === null) return [];
    const name = `fan-${resource}`;
    charts[name] = chart;
    const intervals = chart.intervals.map((label, k) => ({
      label,
      colour: 'subject' as const,
      shape: 'area' as const,
      opacity: FAN_OPACITIES[k] ?? 0.3,
    }));
    return [
      renderFigure({
        chart: name,
        payload,
        title: `${RESOURCE_LABELS[resource]}, last forecast with what happened`,
        finding: fanFinding(application, trace, resource),
        legend: [ACTUAL, MEDIAN, ...intervals],
        size: 'medium',
        simulated: trace.simulated,
      }),
    ];
  });
  return { markup: html`<div class="pair">${figures}</div>`, charts };
}

function drawAllocation({ application, trace, payload }: Place): Drawing {
  const policies = drawnPolicies(application).map((name, k): LegendEntry => {
    const { colour, dash } = policyStyle(k);
    return { label: formatName(name), colour, shape: 'line', dash };
  });
  const demand: LegendEntry = { label: 'Demand', colour: 'ink', shape: 'area', opacity: 0.28 };
  const figure = renderFigure({
    chart: 'allocation',
    payload,
    title: 'Instances in service against demand',
    finding: allocationFinding(application),
    legend: [demand, ...policies, ...(application.incidents.length > 0 ? [INCIDENT] : [])],
    size: 'large',
    simulated: trace.simulated,
  });
  return { markup: figure, charts: { allocation: allocationChart(application, trace) } };
}

function renderFacts(application: ApplicationReplay, clusters: ReplayResult['clusters']): Html {
  const cluster = clusters.find(({ clusterId }) => clusterId === application.clusterId);
  const holds = RESOURCES.flatMap((resource) => {
    const amount = application.instanceCapacity[resource];
    return amount === undefined
      ? []
      : [`${RESOURCE_LABELS[resource]} ${formatAmount(resource, amount)}`];
  });
  const facts: readonly (readonly [string, string])[] = [
    ['Type', application.applicationType ?? 'none given'],
    ['Cluster', cluster?.name ?? application.clusterId ?? 'a profile of its own'],
    ['One instance holds', holds.join(', ') || 'unknown'],
    ['Trained', formatCount(application.trainings, 'time')],
    ['Decisions', formatWhole(application.decisionCount)],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([term, text]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The content of an application's section with its charts; inserted when the section is opened. */
export function renderApplication(
  application: ApplicationReplay,
  { trace, clusters }: Pick<ReplayResult, 'trace' | 'clusters'>,
  payload: string,
): Payload {
  const place: Place = { application, trace, payload };
  const histories = drawHistories(place);
  const allocation = drawAllocation(place);
  const fans = drawFans(place);
  const explained = explanations(application, trace);
  const markup = html`<h3 class="unseen">${application.applicationId}</h3>
    ${renderFacts(application, clusters)}
    ${renderRanges((trace.steps * trace.stepSeconds) / 86_400)}
    <h4>History</h4>
    ${histories.markup}
    <h4>Allocation</h4>
    ${allocation.markup} ${renderExplanation(application, explained)}
    <h4>Forecast</h4>
    ${fans.markup}
    <h4>Incidents</h4>
    ${renderIncidents(application)}
    <h4>Model selection</h4>
    ${renderCrossValidation(application)} ${renderDecisions(application)}`.markup;
  return {
    // Removes the indentation of the templates.
    markup: markup.replace(/>\s+</g, '> <'),
    charts: { ...histories.charts, ...allocation.charts, ...fans.charts },
    ...(explained && { explanations: explained }),
  };
}
