import { createHash } from 'node:crypto';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { frontierChart } from '#html-report/charts/frontier-chart.ts';
import { html, trusted, type Html } from '#html-report/markup/html.ts';
import type { FleetRow } from '#html-report/payload/chart-data.ts';
import { encodePayload } from '#html-report/payload/encode-payload.ts';
import type { Price } from '#html-report/text/monthly.ts';
import { bundleClient } from './bundle-client.ts';
import { chooseDetails, DEFAULT_DETAIL, type Detail } from './choose-details.ts';
import { FLEET_COLUMNS, fleetRow } from './fleet-rows.ts';
import { renderApplication } from './render-application.ts';
import { clusterCharts } from './render-clusters.ts';
import { renderFleetTable } from './render-fleet-table.ts';
import { renderFrontier } from './render-frontier.ts';
import { renderHeader, renderNotice, renderTraceFacts, reportTitle } from './render-header.ts';
import { renderMonth } from './render-month.ts';
import { renderMore } from './render-more.ts';
import { renderNext } from './render-next.ts';
import { renderTheme } from './render-theme.ts';

/** What a report is made with besides the replay. */
export interface ReportOptions {
  /** Of an instance-hour; with it the report shows money. */
  readonly price?: Price | undefined;
  /** Which applications get a section of their own; the fifty that matter most unless given. */
  readonly detail?: Detail | undefined;
}

interface ReportParts {
  readonly result: ReplayResult;
  readonly price: Price | null;
  readonly detailed: ReadonlySet<number>;
  readonly rows: readonly FleetRow[];
}

function renderPayloads({ result, detailed, rows }: ReportParts): readonly Html[] {
  const fleet = {
    markup: '',
    charts: { frontier: frontierChart(result), ...clusterCharts(result) },
    fleet: { columns: FLEET_COLUMNS, rows },
  };
  const block = (id: string, text: string) =>
    trusted(`<script type="text/plain" id="${id}">${text}</script>\n`);
  return [
    block('payload-fleet', encodePayload(fleet)),
    ...result.applications.flatMap((application, position) => {
      if (!detailed.has(position)) return [];
      const id = `payload-${position}`;
      return [block(id, encodePayload(renderApplication(application, result, id)))];
    }),
  ];
}

function renderNotes(result: ReplayResult): Html {
  return html`<footer class="notes">
    <h2>What was replayed</h2>
    ${renderTraceFacts(result)}
    <h2>How to read this</h2>
    <p>
      Demand is what an application needs, in instances, not rounded. Unserved demand is the share
      of it above the capacity in service; a step is short if any of its demand is unserved.
      Utilization is demand served per capacity in service. All figures start at the first evaluated
      step. A month has 730 hours.
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

function renderBody({ result, price, rows }: ReportParts): Html {
  return html`<a class="skip" href="#main">Skip to the results</a>
    ${renderNotice(result.trace.simulated)}
    <nav class="bar" aria-label="Sections">
      <a class="brand" href="#top">Foreprint</a>
      <a href="#next">Do next</a>
      <a href="#applications">Applications</a>
      <a href="#frontier">Frontier</a>
      <a href="#more">More</a>
      <button type="button" id="theme">Dark colours</button>
    </nav>
    <main id="main" tabindex="-1">
      ${renderHeader(result)}
      <noscript
        ><p class="notice">
          Charts, further pages of applications and their sections need JavaScript.
        </p></noscript
      >
      ${renderMonth(result, price)} ${renderNext(result)}
      ${renderFleetTable(result, { rows, price })} ${renderFrontier(result)}
      ${renderMore(result, price)}
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
 * @throws Error if the page's script cannot be bundled.
 */
export async function renderReport(
  result: ReplayResult,
  options: ReportOptions = {},
): Promise<string> {
  const { script, style } = await bundleClient();
  const price = options.price ?? null;
  const detailed = chooseDetails(result.applications, options.detail ?? DEFAULT_DETAIL);
  const rows = result.applications.map((application, position) =>
    fleetRow(application, position, { result, price, detailed: detailed.has(position) }),
  );
  const parts = { result, price, detailed, rows };
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
        ${renderBody(parts)} ${renderPayloads(parts)} ${trusted(`<script>${script}</script>`)}
      </body>
    </html>`.markup;
}
