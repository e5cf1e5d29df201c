import type { EtsRun } from './ets-likelihood.ts';

/**
 * Point forecasts from the states that a run left behind (Hyndman et al. 2008, table 2.1).
 * @param steps number of values the run has seen: gives the phase of the first step.
 */
export function etsForecast(run: EtsRun, steps: number, horizon: number): Float64Array {
  const { form, period, phi, level, trend, season } = run;
  const out = new Float64Array(horizon);
  let [growth, power] = [0, 1];
  for (let step = 0; step < horizon; step++) {
    power *= form.damped ? phi : 1;
    growth += power;
    const base = form.trend === 'A' ? level + growth * trend : level;
    const state = season[(steps + step) % period]!;
    out[step] = form.season === 'M' ? base * state : base + state;
  }
  return out;
}
