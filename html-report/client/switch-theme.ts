import { redrawCharts } from './draw-charts.ts';
import { isDark } from './look.ts';

function setTheme(button: HTMLElement, dark: boolean): void {
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  button.setAttribute('aria-pressed', String(dark));
  void redrawCharts();
}

/** Makes the button for dark colours work; paper is always light. */
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
  let before: boolean | null = null;
  window.addEventListener('beforeprint', () => {
    before = isDark();
    if (before) setTheme(button, false);
  });
  window.addEventListener('afterprint', () => {
    if (before) setTheme(button, true);
  });
}
