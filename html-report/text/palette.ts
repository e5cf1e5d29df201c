/**
 * Colours of the report. The data colours can be distinguished with the three common kinds of
 * colour blindness (after Okabe and Ito, "Color Universal Design", 2008). They are darkened or
 * lightened to a contrast of at least 4.5 : 1 on `page` and `surface`. Line types and symbols also
 * distinguish the series.
 */
export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly sunken: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly subject: string;
  readonly baseline: string;
  readonly third: string;
  readonly fourth: string;
  readonly incident: string;
  readonly notice: string;
  readonly noticeInk: string;
}

export const LIGHT: Palette = {
  page: '#faf9f6',
  surface: '#ffffff',
  sunken: '#f1efe9',
  ink: '#1d2126',
  muted: '#585e66',
  rule: '#dcd8cf',
  subject: '#0a5c9c',
  baseline: '#a4480b',
  third: '#1c6b4b',
  fourth: '#7b3f8f',
  incident: '#a81c4c',
  notice: '#f6dd8b',
  noticeInk: '#332600',
};

export const DARK: Palette = {
  page: '#14171b',
  surface: '#1b1f24',
  sunken: '#242930',
  ink: '#e9e6df',
  muted: '#a8adb5',
  rule: '#363c45',
  subject: '#7cbcf4',
  baseline: '#f2a566',
  third: '#78cba2',
  fourth: '#d3a2e4',
  incident: '#ff8aa3',
  notice: '#f0cf6a',
  noticeInk: '#2b2000',
};

/** Style of the n-th policy: the report's subject first, its baseline second. */
export const POLICY_STYLES = [
  { colour: 'subject', dash: [], symbol: 'circle' },
  { colour: 'baseline', dash: [6, 3], symbol: 'diamond' },
  { colour: 'third', dash: [2, 3], symbol: 'triangle' },
  { colour: 'fourth', dash: [8, 3, 2, 3], symbol: 'rect' },
  { colour: 'muted', dash: [3, 2], symbol: 'arrow' },
  { colour: 'subject', dash: [2, 3], symbol: 'triangle' },
  { colour: 'baseline', dash: [8, 3, 2, 3], symbol: 'rect' },
  { colour: 'third', dash: [6, 3], symbol: 'diamond' },
  { colour: 'fourth', dash: [3, 2], symbol: 'arrow' },
  { colour: 'muted', dash: [2, 3], symbol: 'triangle' },
  { colour: 'third', dash: [8, 3, 2, 3], symbol: 'rect' },
  { colour: 'fourth', dash: [2, 3], symbol: 'diamond' },
] as const satisfies readonly {
  colour: keyof Palette;
  dash: readonly number[];
  symbol: string;
}[];

export type PolicyStyle = (typeof POLICY_STYLES)[number];

/** Style of the n-th policy; positions beyond the list share one style. */
export function policyStyle(position: number): PolicyStyle {
  return POLICY_STYLES[position] ?? POLICY_STYLES[4];
}
