/**
 * Stake of the bet on each hour. Near 1 a few clear hours decide; at 1 one hour that speaks against
 * the change without doubt would end all bets.
 */
const STAKE = 0.9;

/**
 * Errors are compared as if each were larger by half of this, in mean levels: where both are small,
 * their ratio is noise.
 */
const NOISE = 0.5;

/** How an application's hours went by its own cluster and by another one. */
export interface ChangeEvidence {
  /** That it goes on as the other cluster does, in nats, and the first hour of that. */
  readonly now: number;
  readonly sinceHour: number;
  /** That it went as the other cluster did until then, in nats, and the first hour after that. */
  readonly before: number;
  readonly untilHour: number;
}

/**
 * Evidence that an application left its cluster for another one, or came from there. Every hour is
 * a bet that the other cluster forecasts it better: it multiplies what is staked by 1 + stake ×
 * (own error − other error) ÷ (own error + other error). While the own errors are not the larger
 * ones on average, the bets gain nothing, and the best product over all hours since some hour stays
 * below 1 ÷ α but for once in 1 ÷ α hours (e-CUSUM: Shin, Ramdas and Rinaldo, E-detectors, New
 * England Journal of Statistics in Data Science 2, 2023, after Page, Biometrika 41, 1954). The
 * result is the logarithm of that product.
 * @param usual error of each hour by what is usual for the application: by its cluster or by its
 * own days before, whichever is smaller, so that neither a change of its cluster nor of its days
 * alone is evidence.
 * @param own error of each hour by its cluster. NaN is no evidence, here and in the others.
 * @param other error of each hour by the other cluster.
 */
export function changeEvidence(
  usual: Float64Array,
  own: Float64Array,
  other: Float64Array,
): ChangeEvidence {
  const hours = other.length;
  let [now, sinceHour, before, untilHour] = [0, hours, 0, 0];
  for (let hour = hours - 1, sum = 0; hour >= 0; hour--) {
    sum += logBet(usual[hour], other[hour]);
    if (sum > now) [now, sinceHour] = [sum, hour];
  }
  for (let hour = 0, sum = 0; hour < hours; hour++) {
    sum += logBet(own[hour], other[hour]);
    if (sum > before) [before, untilHour] = [sum, hour + 1];
  }
  return { now, sinceHour, before, untilHour };
}

function logBet(error: number, other: number): number {
  const gain = (error - other) / (error + other + NOISE);
  return Number.isNaN(gain) ? 0 : Math.log1p(STAKE * gain);
}
