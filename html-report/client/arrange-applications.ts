const NAMES = new Intl.Collator('en', { numeric: true });

type Order = (a: HTMLElement, b: HTMLElement) => number;

const by = (key: string) => (entry: HTMLElement) => Number(entry.dataset[key]);
const byName: Order = (a, b) => NAMES.compare(a.dataset['name'] ?? '', b.dataset['name'] ?? '');

function ascending(value: (entry: HTMLElement) => number): Order {
  return (a, b) => value(a) - value(b) || byName(a, b);
}

/** "savings" is the difference in instance-hours, so the most negative value saves most. */
const ORDERS: Readonly<Record<string, Order>> = {
  savings: ascending(by('savings')),
  costs: ascending((entry) => -by('savings')(entry)),
  shortage: ascending((entry) => -by('shortage')(entry)),
  incidents: ascending((entry) => -by('incidents')(entry)),
  name: byName,
};

/** Shows the entries that contain every word of the filter; returns their number. */
function filterEntries(entries: readonly HTMLElement[], filter: string): number {
  const words = filter.toLowerCase().split(/\s+/);
  let count = 0;
  for (const entry of entries) {
    const text = entry.dataset['words'] ?? '';
    entry.hidden = !words.every((word) => text.includes(word));
    if (!entry.hidden) count += 1;
  }
  return count;
}

/** Activates the filter and the sort order of the list of applications. */
export function arrangeApplications(): void {
  const list = document.querySelector<HTMLElement>('#entries');
  const filter = document.querySelector<HTMLInputElement>('#filter');
  const order = document.querySelector<HTMLSelectElement>('#order');
  const found = document.querySelector<HTMLOutputElement>('#found');
  const nothing = document.querySelector<HTMLElement>('#nothing-found');
  if (!list || !filter || !order || !found || !nothing) return;
  const entries = [...list.querySelectorAll<HTMLElement>('.entry')];
  const show = () => {
    const count = filterEntries(entries, filter.value);
    found.textContent =
      count === entries.length ? `${count} applications` : `${count} of ${entries.length}`;
    nothing.hidden = count > 0;
  };
  const sort = () => {
    list.append(...[...entries].sort(ORDERS[order.value] ?? byName));
  };
  filter.addEventListener('input', show);
  order.addEventListener('change', sort);
  document.querySelector('#tools')?.addEventListener('submit', (event) => event.preventDefault());
  sort();
  show();
}
