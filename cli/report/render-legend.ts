import { html, type Html } from './html.ts';
import type { Palette } from './palette.ts';

export interface LegendEntry {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly shape: 'line' | 'area';
  /** Dash pattern in pixels, empty for a solid line; opacity of an area. */
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

function swatch(entry: LegendEntry): Html {
  const style = `var(--${entry.colour})`;
  if (entry.shape === 'area') {
    return html`<svg width="22" height="12" aria-hidden="true">
      <rect width="22" height="12" fill="${style}" fill-opacity="${entry.opacity ?? 0.25}" />
    </svg>`;
  }
  return html`<svg width="22" height="12" aria-hidden="true">
    <path
      d="M0 6H22"
      stroke="${style}"
      stroke-width="2"
      stroke-dasharray="${(entry.dash ?? []).join(' ')}"
    />
  </svg>`;
}

/** Names and samples of the lines and areas of a chart, as a list. */
export function renderLegend(entries: readonly LegendEntry[]): Html | null {
  if (entries.length === 0) return null;
  const items = entries.map((entry) => html`<li>${swatch(entry)} ${entry.label}</li>`);
  return html`<ul class="legend">
    ${items}
  </ul>`;
}
