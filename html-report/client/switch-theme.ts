import { redrawCharts } from './draw-charts.ts';
import { isDark } from './charts/look.ts';

function setTheme(button: HTMLElement, dark: boolean): void {
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  button.setAttribute('aria-pressed', String(dark));
  void redrawCharts();
}

/** Activates the button for dark colours. Printed pages are always light. */
export function switchTheme(): void {
  const button = document.querySelector<HTMLElement>('#theme');
  if (button === null) return;
  button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => setTheme(button, !isDark()));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (document.documentElement.dataset['theme'] !== undefined) return;
    button.setAttribute('aria-pressed', String(isDark()));
    void redrawCharts();
  });
  let wasDark: boolean | null = null;
  window.addEventListener('beforeprint', () => {
    wasDark = isDark();
    if (wasDark) setTheme(button, false);
  });
  window.addEventListener('afterprint', () => {
    if (wasDark) setTheme(button, true);
  });
}
