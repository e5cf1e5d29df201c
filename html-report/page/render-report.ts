import { createHash } from 'node:crypto';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { frontierChart } from '#html-report/charts/frontier-chart.ts';
import { encodePayload } from '#html-report/payload/encode-payload.ts';
import { bundleClient } from './bundle-client.ts';
import { html, trusted, type Html } from '#html-report/markup/html.ts';
import { renderApplicationList } from './render-application-list.ts';
import { renderApplication } from './render-application.ts';
import { clusterCharts, renderClusters } from './render-clusters.ts';
import { renderHeader, renderNotice, reportTitle } from './render-header.ts';
import { renderSummary } from './render-summary.ts';
import { renderTheme } from './render-theme.ts';

function renderPayloads(result: ReplayResult): readonly Html[] {
  const fleet = {
    markup: '',
    charts: { frontier: frontierChart(result), ...clusterCharts(result) },
  };
  const block = (id: string, text: string) =>
    trusted(`<script type="text/plain" id="${id}">${text}</script>\n`);
  return [
    block('payload-fleet', encodePayload(fleet)),
    ...result.applications.map((application, position) => {
      const id = `payload-${position}`;
      return block(id, encodePayload(renderApplication(application, result, id)));
    }),
  ];
}

function renderNotes(result: ReplayResult): Html {
  return html`<footer class="notes">
    <h2>How to read this</h2>
    <p>
      Demand is what an application needs, in instances, not rounded. Unserved demand is the share
      of it above the capacity in service; a step is short if any of its demand is unserved.
      Utilization is demand served per capacity in service. All figures start at the first evaluated
      first step on.
    </p>
    <p>
      Long series are drawn with about 1,500 points: the smallest and largest values of equal
      stretches and the beginnings of gaps are kept, so spikes survive; what lies between them is
      left out, and numbers are rounded to four digits. Figures and tables are computed from all
      ${result.trace.steps} steps.
      ${result.trace.simulated ? 'The trace is a simulated sample fleet.' : null}
    </p>
  </footer>`;
}

function renderBody(result: ReplayResult, pricePerHour?: number): Html {
  return html`<a class="skip" href="#main">Skip to the results</a>
    ${renderNotice(result.trace.simulated)}
    <nav class="bar" aria-label="Sections">
      <a class="brand" href="#top">Foreprint</a>
      <a href="#summary">Summary</a>
      <a href="#clusters">Clusters</a>
      <a href="#applications">Applications</a>
      <button type="button" id="theme" aria-pressed="false">Dark</button>
    </nav>
    <main id="main" tabindex="-1">
      ${renderHeader(result)}
      <noscript
        ><p class="notice">
          Charts and the sections of the applications need JavaScript.
        </p></noscript
      >
      ${renderSummary(result, pricePerHour)} ${renderClusters(result)}
      ${renderApplicationList(result.applications)}
    </main>
    ${renderNotes(result)}`;
}

/** Allows this page's own script and styles, and no connections. */
function contentPolicy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/**
 * Renders the report of a replay as one self-contained HTML file: script, styles and data are
 * inline, and nothing is loaded.
 * @param pricePerHour price of an instance-hour; with it the report shows costs and savings in
 * money.
 * @throws Error if the page's script cannot be bundled.
 */
export async function renderReport(result: ReplayResult, pricePerHour?: number): Promise<string> {
  const { script, style } = await bundleClient();
  return html`<!doctype html>
    <html lang="en" id="top">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Foreprint" />
        <title>${reportTitle(result)}</title>
        <style>
          ${trusted(renderTheme())}
          ${trusted(style)}
        </style>
      </head>
      <body>
        ${renderBody(result, pricePerHour)} ${renderPayloads(result)}
        ${trusted(`<script>${script}</script>`)}
      </body>
    </html>`.markup;
}
