import { DARK, LIGHT, type Palette } from '#html-report/text/palette.ts';

function properties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}

/**
 * The palettes as CSS custom properties. The page's theme overrides the system's preference; print
 * is light.
 */
export function renderTheme(): string {
  const light = `${properties(LIGHT)};color-scheme:light`;
  const dark = `${properties(DARK)};color-scheme:dark`;
  return [
    `:root{${light}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme]){${dark}}}`,
    `@media screen{:root[data-theme=dark]{${dark}}}`,
  ].join('\n');
}
