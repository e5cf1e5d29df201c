/**
 * Form of an exponential smoothing model: error A(dditive) or M(ultiplicative), trend N(one) or A(dditive), damped or
 * not, season N, A or M (Hyndman, Koehler, Ord, Snyder: Forecasting with Exponential Smoothing, 2008, table 2.2).
 */
export interface EtsForm {
  readonly error: 'A' | 'M';
  readonly trend: 'N' | 'A';
  readonly damped: boolean;
  readonly season: 'N' | 'A' | 'M';
}

/** "MAAD": error, trend, season, and D if damped, N if not. */
export const formName = ({ error, trend, damped, season }: EtsForm): string =>
  `${error}${trend}${season}${damped ? 'D' : 'N'}`;

/**
 * The forms that may be tried, in the order of statsforecast. Additive errors with a multiplicative season are left out, as
 * they may divide by values near zero (2008, section 4.2); multiplicative trends grow without bounds and are left out
 * too, as in R's and statsforecast's automatic choice.
 * @param positive whether all values are above zero; otherwise nothing multiplicative makes sense.
 */
export function admissibleForms(positive: boolean, seasonal: boolean): EtsForm[] {
  const forms: EtsForm[] = [];
  for (const error of positive ? (['A', 'M'] as const) : (['A'] as const)) {
    for (const trend of ['N', 'A'] as const) {
      for (const season of seasonal ? (['N', 'A', 'M'] as const) : (['N'] as const)) {
        if (season === 'M' && error === 'A') continue;
        if (trend === 'A') forms.push({ error, trend, season, damped: true });
        forms.push({ error, trend, season, damped: false });
      }
    }
  }
  return forms;
}
