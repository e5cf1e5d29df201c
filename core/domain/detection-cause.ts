/** Ways to look at a residual, each a number ≥ 0 that grows with strangeness. */
export const VIEWS = [
  'point',
  'season',
  'short',
  'long',
  'volatility',
  'quiet',
  'still',
  'collapse',
  'base',
  'change',
  'model',
] as const;
export type View = (typeof VIEWS)[number];

/** What made a step strange: one of the views, or a value outside the range of all values so far. */
export type Cause = View | 'range';
