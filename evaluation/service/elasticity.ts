/**
 * Elasticity metrics of SPEC RG (Herbst, Krebs, Oikonomou, Kousiouris, Evangelinou, Iosup, Kounev,
 * "Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics", SPEC-RG-2016-01,
 * section 4; Bauer et al., "Chameleon", TPDS 30, 2019, section 5). Demand d is the least whole
 * number of instances that serves a step well, supply s the instances in service.
 */
export interface ElasticitySums {
  /** Σ max(d − s, 0) ÷ d and Σ max(s − d, 0) ÷ d over the steps. */
  readonly under: number;
  readonly over: number;
  /** Steps with d > s, and with s > d. */
  readonly underSteps: number;
  readonly overSteps: number;
  /** Steps in which d and s did not change in the same direction. */
  readonly unstable: number;
  /** Steps whose step before was measured too. */
  readonly changes: number;
}

export const NO_ELASTICITY: ElasticitySums = {
  under: 0,
  over: 0,
  underSteps: 0,
  overSteps: 0,
  unstable: 0,
  changes: 0,
};

/** All shares are fractions of 1, and smaller is better, but for the speedup. */
export interface Elasticity {
  /** Provisioning accuracy θ: mean share of the demand that is missing, or supplied beyond it. */
  readonly underProvisioning: number;
  readonly overProvisioning: number;
  /** Provisioning timeshare τ: share of the steps that are short, or supplied beyond demand. */
  readonly underTimeshare: number;
  readonly overTimeshare: number;
  /** Instability υ: share of the steps in which supply and demand changed differently. */
  readonly instability: number;
  /**
   * Elastic speedup ε: how many times as elastic as the reference, by the geometric mean of the
   * four ratios θ and τ; null without a reference.
   */
  readonly speedup: number | null;
}

const EPSILON = 1e-9;

/**
 * @param demand in instances, not rounded; NaN where not measured.
 * @param inService instances in service per step.
 */
export function sumElasticity(
  demand: Float64Array,
  inService: Float64Array,
  { fromStep, objective }: { readonly fromStep: number; readonly objective: number },
): ElasticitySums {
  let [under, over, underSteps, overSteps, unstable, changes] = [0, 0, 0, 0, 0, 0];
  let before: { readonly wanted: number; readonly supply: number } | null = null;
  for (let step = fromStep; step < demand.length; step++) {
    if (Number.isNaN(demand[step])) {
      before = null;
      continue;
    }
    // A group never has fewer than one instance, so a step without use wants one.
    const wanted = Math.max(1, Math.ceil(demand[step] / objective - EPSILON));
    const supply = inService[step];
    under += Math.max(0, wanted - supply) / wanted;
    over += Math.max(0, supply - wanted) / wanted;
    if (wanted > supply) underSteps++;
    if (supply > wanted) overSteps++;
    if (before !== null) {
      changes++;
      if (Math.sign(wanted - before.wanted) !== Math.sign(supply - before.supply)) unstable++;
    }
    before = { wanted, supply };
  }
  return { under, over, underSteps, overSteps, unstable, changes };
}

export function addElasticity(a: ElasticitySums, b: ElasticitySums): ElasticitySums {
  return {
    under: a.under + b.under,
    over: a.over + b.over,
    underSteps: a.underSteps + b.underSteps,
    overSteps: a.overSteps + b.overSteps,
    unstable: a.unstable + b.unstable,
    changes: a.changes + b.changes,
  };
}

/** The four shares that the speedup compares. */
const COMPARED = [
  'underProvisioning',
  'overProvisioning',
  'underTimeshare',
  'overTimeshare',
] as const;

type ElasticityShares = Omit<Elasticity, 'speedup'>;

export function elasticityShares(sums: ElasticitySums, steps: number): ElasticityShares {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    underProvisioning: share(sums.under, steps),
    overProvisioning: share(sums.over, steps),
    underTimeshare: share(sums.underSteps, steps),
    overTimeshare: share(sums.overSteps, steps),
    instability: share(sums.unstable, sums.changes),
  };
}

/** Smaller shares count as this, so that a policy that is never short has a finite speedup. */
const LEAST_SHARE = 1e-4;

/** Elastic speedup over a reference; 1 for the reference itself. */
export function elasticSpeedup(shares: ElasticityShares, reference: ElasticityShares): number {
  const logarithms = COMPARED.map((name) =>
    Math.log(Math.max(LEAST_SHARE, reference[name]) / Math.max(LEAST_SHARE, shares[name])),
  );
  return Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / COMPARED.length);
}
