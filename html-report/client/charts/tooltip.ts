import type { EChartsCoreOption } from 'echarts/core';
import type { Look } from './look.ts';

/** A line of the tooltip. */
export interface TooltipLine {
  readonly label: string;
  readonly text: string;
}

const NUMBER = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });

/** A value with its unit; a dash if it was not measured. */
export function valueText(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? '–' : `${NUMBER.format(value)} ${unit}`;
}

/** Milliseconds as "2013-08-14 10:05 UTC". */
export function timeText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function box(head: string, lines: readonly TooltipLine[]): HTMLElement {
  const element = document.createElement('div');
  const title = element.appendChild(document.createElement('strong'));
  title.textContent = head;
  for (const { label, text } of lines) {
    const line = element.appendChild(document.createElement('div'));
    line.className = 'tip-line';
    line.appendChild(document.createElement('span')).textContent = label;
    line.appendChild(document.createElement('b')).textContent = text;
  }
  return element;
}

interface HoveredPoint {
  readonly dataIndex: number;
  readonly seriesIndex: number;
}

/**
 * Tooltip for the hovered point. Text is set as text content, so names in the data cannot inject
 * markup.
 */
export function tooltip(
  look: Look,
  trigger: 'axis' | 'item',
  describe: (at: HoveredPoint) => { readonly head: string; readonly lines: readonly TooltipLine[] },
): EChartsCoreOption {
  const { palette } = look;
  return {
    trigger,
    confine: true,
    transitionDuration: 0,
    backgroundColor: palette.surface,
    borderColor: palette.rule,
    textStyle: { color: palette.ink, fontSize: 13 },
    axisPointer: { type: 'line', lineStyle: { color: palette.muted, type: 'dotted' } },
    formatter: (pointed: HoveredPoint | readonly HoveredPoint[]) => {
      const first = 'dataIndex' in pointed ? pointed : pointed[0];
      if (first === undefined) return '';
      const { head, lines } = describe(first);
      return box(head, lines);
    },
  };
}
