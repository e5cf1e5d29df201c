import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, trusted, type Html } from '#html-report/markup/html.ts';
import type { FleetRow } from '#html-report/payload/chart-data.ts';
import { PAGE_ROWS, sortRows, type Order } from '#html-report/payload/sort-rows.ts';
import { formatCount } from '#html-report/text/format.ts';
import type { Price } from '#html-report/text/monthly.ts';

/** The order before the reader chooses one: most hours saved first. */
const FIRST_ORDER: Order = { key: 'hours', descending: false };

const FILTERS = [
  ['', 'All'],
  ['service-worse', 'Served worse'],
  ['service-better', 'Served better'],
  ['service-same', 'Served the same'],
  ['cost-lower', 'Cost less'],
  ['cost-higher', 'Cost more'],
  ['full', 'To put in full'],
  ['plan', 'To plan'],
  ['leave', 'To leave'],
] as const;

function heads(price: Price | null): readonly (readonly [string, string, string | null])[] {
  return [
    ['c-name', 'Application', 'name'],
    ['c-service', 'Service', 'service'],
    ['c-week', 'Average week', null],
    ['c-hours number', price === null ? 'Hours a month' : 'Cost a month', 'hours'],
    ['c-short number', 'Short a month', 'short'],
    ['c-unserved number', 'Unserved', 'unserved'],
    ['c-incidents number', 'Incidents', 'incidents'],
    ['c-advice', 'Next', 'advice'],
  ];
}

function renderHead([column, title, key]: readonly [string, string, string | null]): Html {
  if (key === null) return html`<th scope="col" class="${column}">${title}</th>`;
  const sort = key === FIRST_ORDER.key ? 'ascending' : 'none';
  return html`<th scope="col" class="${column}" aria-sort="${sort}">
    <button type="button" data-sort="${key}">${title}</button>
  </th>`;
}

function renderTools(rows: readonly FleetRow[]): Html {
  const filters = FILTERS.flatMap(([tag, words]) => {
    const count = tag === '' ? rows.length : rows.filter(({ tags }) => tags.includes(tag)).length;
    return count === 0 ? [] : [html`<option value="${tag}">${words} (${count})</option>`];
  });
  return html`<form class="tools" id="tools" role="search" aria-label="Applications">
    <label
      >Filter
      <input type="search" id="filter" autocomplete="off" placeholder="name, type or cluster"
    /></label>
    <label
      >Show
      <select id="shown">
        ${filters}
      </select></label
    >
    <output id="found" for="filter">${formatCount(rows.length, 'application')}</output>
    <button type="button" class="quiet-button" data-csv="fleet">CSV</button>
  </form>`;
}

/**
 * The table of applications: the first page of rows as markup, the others in a block that the
 * page's script reads.
 */
export function renderFleetTable(
  { trace, applications }: ReplayResult,
  { rows, price }: { readonly rows: readonly FleetRow[]; readonly price: Price | null },
): Html {
  const shown = sortRows(rows, FIRST_ORDER).slice(0, PAGE_ROWS);
  return html`<section id="applications" aria-labelledby="applications-heading">
    <h2 id="applications-heading">Applications</h2>
    <p class="lead">
      A minus is less than today: fewer hours, lower cost. “now” is what the policy of today needed
      on the same demand. Open a name for its history, decisions, forecast and incidents.
      ${trace.simulated ? html`<span class="mark">simulated</span>` : null}
    </p>
    ${renderTools(rows)}
    <table class="fleet" id="fleet" data-order="${FIRST_ORDER.key}">
      <caption class="unseen">
        ${formatCount(applications.length, 'application')} with and without Foreprint
      </caption>
      <thead>
        <tr>
          ${heads(price).map(renderHead)}
        </tr>
      </thead>
      ${trusted(shown.map(({ markup }) => markup).join(''))}
    </table>
    <p class="quiet" id="nothing-found" hidden>No application matches the filter.</p>
    <nav class="pager" id="pager" aria-label="Pages of applications" hidden>
      <button type="button" data-page="-1">Previous page</button>
      <span id="page-of"></span>
      <button type="button" data-page="1">Next page</button>
    </nav>
    <template id="no-detail">
      <p class="quiet">
        This report holds the details of the applications that matter most. For all of them:
        <code>foreprint replay … --detail all</code>
      </p>
    </template>
  </section>`;
}
