import type { Palette, PolicyStyle } from '#html-report/text/palette.ts';
import { html, type Html } from './html.ts';

export interface LegendEntry {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly shape: 'line' | 'area';
  /** Dash pattern in pixels, empty for a solid line; opacity of an area. */
  readonly dash?: readonly number[];
  readonly opacity?: number;
  /** False for a series that is not drawn before the reader asks for it. */
  readonly shown?: boolean;
  /** Symbol on the line, as in the chart. */
  readonly symbol?: PolicyStyle['symbol'];
}

/** Symbols of 8 pixels, centered on the sample. */
const SYMBOL_PATHS: Readonly<Record<PolicyStyle['symbol'], string>> = {
  circle: 'M7 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0z',
  diamond: 'M11 1l4 5l-4 5l-4-5z',
  triangle: 'M11 2l4.5 8h-9z',
  rect: 'M7 2h8v8h-8z',
  arrow: 'M11 1l4 10l-4-2.5l-4 2.5z',
};

function swatch(entry: LegendEntry): Html {
  const style = `var(--${entry.colour})`;
  if (entry.shape === 'area') {
    return html`<svg width="22" height="12" aria-hidden="true">
      <rect width="22" height="12" fill="${style}" fill-opacity="${entry.opacity ?? 0.25}" />
    </svg>`;
  }
  const symbol =
    entry.symbol === undefined
      ? null
      : html`<path d="${SYMBOL_PATHS[entry.symbol]}" fill="${style}" />`;
  return html`<svg width="22" height="12" aria-hidden="true">
    <path
      d="M0 6H22"
      stroke="${style}"
      stroke-width="2"
      stroke-dasharray="${(entry.dash ?? []).join(' ')}"
    />
    ${symbol}
  </svg>`;
}

/** Names and samples of a chart's lines and areas: buttons that show and hide them. */
export function renderLegend(entries: readonly LegendEntry[]): Html | null {
  if (entries.length === 0) return null;
  const items = entries.map(
    (entry) =>
      html`<li>
        <button
          type="button"
          data-series="${entry.label}"
          aria-pressed="${String(entry.shown ?? true)}"
        >
          ${swatch(entry)} ${entry.label}
        </button>
      </li>`,
  );
  return html`<ul class="legend">
    ${items}
  </ul>`;
}
