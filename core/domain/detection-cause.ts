/** Views of a residual: each is a number ≥ 0 that is larger for stranger residuals. */
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

/** Cause of a strange step: a view, or a value outside the range of all values so far. */
export type Cause = View | 'range';
