import { drawAllNow } from './draw-charts.ts';

/**
 * Prints the whole page: every row of the table, everything folded, every chart. It is put back as
 * it was afterwards.
 */
export function printPage(showAllRows: (all: boolean) => void): void {
  let folded: readonly HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    showAllRows(true);
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of folded) details.open = true;
    drawAllNow(document);
  });
  window.addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
    showAllRows(false);
  });
}
