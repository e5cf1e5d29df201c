import { decodePayload } from './decode-payload.ts';

/** A cell of RFC 4180; text that a spreadsheet would take for a formula is quoted as text. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Lines = readonly (readonly (string | number | null)[])[];

function save(name: string, lines: Lines): void {
  const text = lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function linesOf(table: HTMLTableElement): Lines {
  return [...table.rows].map((row) =>
    [...row.cells].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
  );
}

function fileName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
}

async function saveFleet(): Promise<void> {
  const { fleet } = await decodePayload('payload-fleet');
  if (fleet) save('applications', [fleet.columns, ...fleet.rows.map(({ values }) => values)]);
}

/** Lets the buttons beside tables save them as CSV files. */
export function exportCsv(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-csv]') : null;
    if (button?.dataset['csv'] === 'fleet') void saveFleet();
    const table = button?.closest('table');
    if (!table) return;
    const title = table.caption?.firstChild?.textContent ?? '';
    save(fileName(title) || 'table', linesOf(table));
  });
}
