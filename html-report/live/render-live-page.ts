import { createHash } from 'node:crypto';
import { html, trusted } from '#html-report/markup/html.ts';
import { bundleClient } from '#html-report/page/bundle-client.ts';
import { renderTheme } from '#html-report/page/render-theme.ts';
import type { LiveFleet } from './live-application.ts';
import { renderFleet } from './render-fleet.ts';

export interface LivePage {
  readonly markup: string;
  /** Allows the page's own script and styles, and connections to its own server. */
  readonly contentPolicy: string;
}

/** The live page as it is now; its script asks the server for what changes. */
export async function renderLivePage(fleet: LiveFleet): Promise<LivePage> {
  const { live, style } = await bundleClient();
  const hash = createHash('sha256').update(live).digest('base64');
  const contentPolicy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const { markup } = html`<!doctype html>
    <html lang="en" id="top">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Foreprint: the fleet now</title>
        <style>
          ${trusted(renderTheme())}
          ${trusted(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the fleet</a>
        <nav class="bar" aria-label="Sections">
          <a class="brand" href="#top">Foreprint</a>
          <a href="#fleet">Fleet</a>
          <a href="#incidents">Incidents</a>
          <a href="#application">Application</a>
          <button type="button" id="theme" aria-pressed="false">Dark</button>
        </nav>
        <main id="main" tabindex="-1">
          <h1>The fleet now</h1>
          <section id="fleet" aria-live="polite">${renderFleet(fleet)}</section>
          <section id="application" aria-label="Application" hidden>
            <h2 id="application-name" tabindex="-1"></h2>
            <div class="body"></div>
          </section>
          <p class="quiet" id="connection" role="status"></p>
        </main>
        ${trusted(`<script>${live}</script>`)}
      </body>
    </html>`;
  return { markup, contentPolicy };
}
