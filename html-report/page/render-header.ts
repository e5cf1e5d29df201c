import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { formatDuration, formatShare, formatTime, formatWhole } from '#html-report/text/format.ts';
import { headline } from '#html-report/text/headline.ts';
import { verdictHeadline, verdictSentence } from '#html-report/text/verdicts.ts';

/** Most file names shown; the others are counted. */
const SOURCES_SHOWN = 6;

/** Title of the page and of its header. */
export function reportTitle(result: ReplayResult): string {
  const { simulated, sources } = result.trace;
  return simulated
    ? 'Foreprint replay – simulated sample fleet'
    : `Foreprint replay – ${sources[0] ?? 'trace'}`;
}

/** A notice at the top that the data is simulated; null for a real trace. */
export function renderNotice(simulated: boolean): Html | null {
  if (!simulated) return null;
  return html`<aside class="notice" aria-label="About the data">
    <strong>Simulated sample fleet.</strong> Nothing on this page was measured: every application
    was generated to show what a replay looks like.
  </aside>`;
}

function facts(result: ReplayResult): readonly (readonly [string, string])[] {
  const { trace } = result;
  const end = trace.fromSeconds + trace.steps * trace.stepSeconds;
  const shown = trace.sources.slice(0, SOURCES_SHOWN).join(', ');
  const more = trace.sources.length - SOURCES_SHOWN;
  return [
    ['Trace', more > 0 ? `${shown} and ${formatWhole(more)} more` : shown],
    ['Applications', formatWhole(trace.applications)],
    ['Steps', `${formatWhole(trace.steps)} of ${formatDuration(trace.stepSeconds)}`],
    ['From', `${formatTime(trace.fromSeconds)} UTC`],
    ['To', `${formatTime(end)} UTC`],
    ['Evaluated from', `${formatTime(trace.evaluatedFromSeconds)} UTC`],
    ['Served well', `up to ${formatShare(trace.service.objective)} of the capacity`],
    ['Resources', trace.resources.map((resource) => RESOURCE_LABELS[resource]).join(', ')],
  ];
}

/** Keeps a compound word on one line in large type. */
function unbroken(sentence: string): Html {
  const [before = '', ...rest] = sentence.split('instance-hours');
  const tail = rest.map((part) => html`<span class="nowrap">instance-hours</span>${part}`);
  return html`${before}${tail}`;
}

/** The verdict: who is served better and worse, what it costs, and what the trace was. */
export function renderHeader(result: ReplayResult): Html {
  const verdicts = verdictSentence(result);
  const title = verdictHeadline(result) ?? headline(result);
  return html`<header class="masthead" id="verdict">
    <p class="kicker">
      Foreprint replay${result.trace.simulated ? html` <span class="mark">simulated</span>` : null}
    </p>
    <h1>${unbroken(title)}</h1>
    ${
      verdicts === null
        ? null
        : html`<p class="lead">${verdicts}</p>
            <p class="lead">${headline(result)}</p>`
    }
  </header>`;
}

/** What was replayed, and how. */
export function renderTraceFacts(result: ReplayResult): Html {
  return html`<dl class="facts">
      ${facts(result).map(
        ([term, text]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
    <p>
      Time was advanced step by step over the trace. At every step each policy saw only the past,
      decided how many instances each application gets, and paid for its decision with the demand
      that came. All times are in UTC.
    </p>`;
}
