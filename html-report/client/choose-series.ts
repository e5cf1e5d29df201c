import { redrawCharts, selectRange } from './draw-charts.ts';

function toggleSeries(button: HTMLElement): void {
  button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') === 'false'));
  const figure = button.closest('.figure');
  if (figure) redrawCharts(figure);
}

function chooseRange(button: HTMLElement): void {
  const payload = button.closest<HTMLElement>('.body')?.dataset['payload'];
  if (payload === undefined) return;
  for (const other of button.parentElement?.querySelectorAll('[data-range]') ?? []) {
    other.setAttribute('aria-pressed', String(other === button));
  }
  selectRange(payload, Number(button.dataset['range']));
}

/** Lets legends show and hide series, and the range buttons zoom the charts over time. */
export function chooseSeries(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const series = target.closest<HTMLElement>('[data-series]');
    const range = target.closest<HTMLElement>('[data-range]');
    if (series) toggleSeries(series);
    if (range) chooseRange(range);
  });
}
