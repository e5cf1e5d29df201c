import { DARK, LIGHT, type Palette } from '#html-report/text/palette.ts';

/** Colours, font and width for drawing charts. */
export interface Look {
  readonly palette: Palette;
  readonly font: string;
  /** Width of the chart in pixels. */
  readonly width: number;
}

/** Charts narrower than this get the layout for phones. */
export const NARROW = 480;

/** True if the page is dark: the reader's choice, otherwise the system's preference. */
export function isDark(): boolean {
  const theme = document.documentElement.dataset['theme'];
  return theme === undefined
    ? matchMedia('(prefers-color-scheme: dark)').matches
    : theme === 'dark';
}

/** The look for a chart in an element. */
export function currentLook(element: HTMLElement): Look {
  return {
    palette: isDark() ? DARK : LIGHT,
    font: getComputedStyle(document.body).fontFamily,
    width: element.clientWidth,
  };
}
