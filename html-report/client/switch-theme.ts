import { isDark } from './charts/look.ts';
import { redrawCharts } from './draw-charts.ts';

/** The button says what a click does. */
function label(button: HTMLElement): void {
  button.textContent = isDark() ? 'Light colours' : 'Dark colours';
}

function setTheme(button: HTMLElement, dark: boolean): void {
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  label(button);
  redrawCharts(document);
}

/** Activates the button for the other colours. Printed pages are always light. */
export function switchTheme(): void {
  const button = document.querySelector<HTMLElement>('#theme');
  if (button === null) return;
  label(button);
  button.addEventListener('click', () => setTheme(button, !isDark()));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (document.documentElement.dataset['theme'] !== undefined) return;
    label(button);
    redrawCharts(document);
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
