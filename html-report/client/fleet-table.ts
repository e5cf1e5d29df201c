import type { FleetRow } from '#html-report/payload/chart-data.ts';
import { PAGE_ROWS, sortRows, type Order, type OrderKey } from '#html-report/payload/sort-rows.ts';
import { formatCount } from '#html-report/text/format.ts';
import { decodePayload } from './decode-payload.ts';
import { closeRow } from './open-rows.ts';

/** The table as the reader has arranged it. */
export interface FleetTable {
  /** The row of an application, on its page, whatever is filtered; null if there is none. */
  reveal(applicationId: string): HTMLElement | null;
  /** Shows the rows of all pages, or those of one again. */
  showAll(all: boolean): void;
}

interface Parts {
  readonly table: HTMLTableElement;
  readonly filter: HTMLInputElement;
  readonly verdict: HTMLSelectElement;
  readonly found: HTMLElement;
  readonly nothing: HTMLElement;
  readonly pager: HTMLElement;
}

function findParts(): Parts | null {
  const table = document.querySelector<HTMLTableElement>('#fleet');
  const filter = document.querySelector<HTMLInputElement>('#filter');
  const verdict = document.querySelector<HTMLSelectElement>('#shown');
  const found = document.querySelector<HTMLElement>('#found');
  const nothing = document.querySelector<HTMLElement>('#nothing-found');
  const pager = document.querySelector<HTMLElement>('#pager');
  if (!table || !filter || !verdict || !found || !nothing || !pager) return null;
  return { table, filter, verdict, found, nothing, pager };
}

/** The rows that contain every word of the filter and have the chosen verdict. */
function matching(rows: readonly FleetRow[], { filter, verdict }: Parts): readonly FleetRow[] {
  const words = filter.value.toLowerCase().split(/\s+/);
  const tag = verdict.value;
  return rows.filter(
    ({ words: text, tags }) =>
      words.every((word) => text.includes(word)) && (tag === '' || tags.includes(tag)),
  );
}

function makeRow({ markup }: FleetRow): HTMLElement | null {
  const template = document.createElement('template');
  // fleetRow made this markup and escaped all data in it.
  template.innerHTML = markup;
  return template.content.querySelector('tbody');
}

function markOrder(table: HTMLTableElement, { key, descending }: Order): void {
  for (const button of table.querySelectorAll<HTMLElement>('[data-sort]')) {
    const isChosen = button.dataset['sort'] === key;
    const sort = isChosen ? (descending ? 'descending' : 'ascending') : 'none';
    button.closest('th')?.setAttribute('aria-sort', sort);
  }
}

/** Makes the table of applications sortable, filterable and paged; null if the page has none. */
export async function fleetTable(): Promise<FleetTable | null> {
  const parts = findParts();
  const { fleet } = await decodePayload('payload-fleet');
  if (!parts || !fleet) return null;
  const { rows } = fleet;
  const { table, pager, found, nothing } = parts;
  const elements = new Map<FleetRow, HTMLElement>();
  for (const element of table.querySelectorAll<HTMLElement>('.entry')) {
    const row = rows[Number(element.dataset['position'])];
    if (row) elements.set(row, element);
  }
  let order: Order = { key: 'hours', descending: false };
  let sorted = sortRows(rows, order);
  let [page, all] = [0, false];

  const elementOf = (row: FleetRow): HTMLElement[] => {
    const element = elements.get(row) ?? makeRow(row);
    if (element === null) return [];
    elements.set(row, element);
    return [element];
  };
  const show = (): void => {
    const matched = matching(sorted, parts);
    const pages = Math.max(1, Math.ceil(matched.length / PAGE_ROWS));
    page = Math.max(0, Math.min(pages - 1, page));
    const from = all ? 0 : page * PAGE_ROWS;
    const shown = matched.slice(from, all ? matched.length : from + PAGE_ROWS).flatMap(elementOf);
    for (const entry of table.querySelectorAll<HTMLElement>('.entry')) {
      if (shown.includes(entry)) continue;
      closeRow(entry);
      entry.remove();
    }
    table.append(...shown);
    const count = matched.length;
    found.textContent =
      count === rows.length ? formatCount(count, 'application') : `${count} of ${rows.length}`;
    nothing.hidden = count > 0;
    pager.hidden = pages === 1;
    const [back, forth] = pager.querySelectorAll('button');
    if (back) back.disabled = page === 0;
    if (forth) forth.disabled = page === pages - 1;
    const text = pager.querySelector('span');
    if (text) text.textContent = `${from + 1}–${from + shown.length} of ${count}`;
  };
  const arrange = (next: Order): void => {
    order = next;
    sorted = sortRows(rows, order);
    page = 0;
    markOrder(table, order);
    show();
  };
  const fromStart = (): void => {
    page = 0;
    show();
  };
  parts.filter.addEventListener('input', fromStart);
  parts.verdict.addEventListener('change', fromStart);
  document.querySelector('#tools')?.addEventListener('submit', (event) => event.preventDefault());
  table.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-sort]') : null;
    // The page's markup has these keys only.
    const key = button?.dataset['sort'] as OrderKey | undefined;
    if (key === undefined) return;
    arrange({ key, descending: key === order.key ? !order.descending : isLargestFirst(key) });
  });
  pager.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-page]') : null;
    if (!button) return;
    page += Number(button.dataset['page']);
    show();
    document.querySelector('#applications')?.scrollIntoView();
  });
  show();
  return {
    reveal(applicationId) {
      const row = rows.find(({ values }) => values[0] === applicationId);
      if (!row) return null;
      if (!matching([row], parts).includes(row)) {
        [parts.filter.value, parts.verdict.value] = ['', ''];
      }
      page = Math.floor(matching(sorted, parts).indexOf(row) / PAGE_ROWS);
      show();
      return elements.get(row) ?? null;
    },
    showAll(isAll) {
      all = isAll;
      show();
    },
  };
}

/** What is worst or most comes first when a column is chosen for the first time. */
function isLargestFirst(key: OrderKey): boolean {
  return key === 'short' || key === 'unserved' || key === 'incidents' || key === 'advice';
}
