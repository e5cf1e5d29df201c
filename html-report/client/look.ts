import { DARK, LIGHT, type Palette } from '#html-report/text/palette.ts';

/** How charts look right now. */
export interface Look {
  readonly palette: Palette;
  readonly font: string;
  /** Width of the chart in pixels. */
  readonly width: number;
}

/** Charts narrower than this use the room of a phone. */
export const NARROW = 480;

/** Whether the page is dark at the moment: as its reader chose, else as the system prefers. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined
    ? matchMedia('(prefers-color-scheme: dark)').matches
    : chosen === 'dark';
}

/** The look for a chart in an element. */
export function currentLook(element: HTMLElement): Look {
  return {
    palette: isDark() ? DARK : LIGHT,
    font: getComputedStyle(document.body).fontFamily,
    width: element.clientWidth,
  };
}
