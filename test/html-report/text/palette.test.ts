import { expect, it } from 'vitest';
import { DARK, LIGHT, type Palette } from '#html-report/text/palette.ts';

/** WCAG 2.2 relative luminance of #rrggbb. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const TEXT = ['ink', 'muted', 'subject', 'baseline', 'third', 'fourth', 'incident'] as const;
const GROUND = ['page', 'surface', 'sunken'] as const;

it.each([
  ['light', LIGHT],
  ['dark', DARK],
] satisfies [string, Palette][])(
  'has a contrast of 4.5 : 1 and more everywhere (%s)',
  (_, palette) => {
    const pairs = TEXT.flatMap((text) => GROUND.map((ground) => [text, ground] as const));
    const faint = pairs.filter(([text, ground]) => contrast(palette[text], palette[ground]) < 4.5);
    expect(faint).toEqual([]);
    expect(contrast(palette.noticeInk, palette.notice)).toBeGreaterThanOrEqual(4.5);
  },
);
