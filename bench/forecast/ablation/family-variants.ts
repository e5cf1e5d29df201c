import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { SIMILAR } from '#models/families/pool/component-layout.ts';
import { learnedPool, machinePool } from '#models/families/pool/learned-pool.ts';
import { MACHINE_POOL } from '#models/families/pool/machine-pool.ts';
import { DEFAULT_FAMILIES } from '#models/selection/train-model.ts';
import type { Variant } from './ablate-families.ts';
import { REFERENCE } from './family-table.ts';

/** The learned pool whose share of similar situations goes to its other components. */
const POOL_WITHOUT_SIMILAR = learnedPool('learned-pool-without-similar', {
  ...MACHINE_POOL,
  shares: MACHINE_POOL.shares.map((row) => row.map((share, k) => (k === SIMILAR ? 0 : share))),
});

/** All that is rolled: the candidates of the product and what some variants have in their stead. */
export const ABLATED_FAMILIES: readonly ModelFamily[] = [...DEFAULT_FAMILIES, POOL_WITHOUT_SIMILAR];

const without = (...left: readonly string[]): Variant => ({
  name: `without ${left.join(', ')}`,
  has: (family) => family !== POOL_WITHOUT_SIMILAR.name && !left.includes(family),
  averages: true,
});

const only = (name: string, ...kept: readonly string[]): Variant => ({
  name,
  has: (family) => kept.includes(family),
  averages: true,
});

/** What is left out, one set of candidates after the other. */
export function familyVariants(): readonly Variant[] {
  const names = [...DEFAULT_FAMILIES.map(({ name }) => name), 'lstm'];
  const mixtures = ['quantile-mixture', 'quantile-mixture-short'];
  const windows = [...mixtures, 'horizon-mixture'];
  const all: Variant = { ...without(), name: REFERENCE };
  const variants: Variant[] = [
    all,
    { ...all, name: 'without averages', averages: false },
    {
      ...all,
      name: "without the pool's similar situations",
      has: (family) => family !== machinePool.name,
    },
    without(...mixtures),
    without(...windows),
    without('quantile-mixture', 'horizon-mixture'),
    without('quantile-mixture-short', 'horizon-mixture'),
    without(...windows, 'seasonal-naive-week'),
    without('seasonal-autoregression', 'seasonal-autoregression-mix'),
    ...names.map((name) => without(name)),
    only(
      'pool, linear quantile, smoothing, naive day',
      ...['learned-pool', 'linear-quantile', 'exponential-smoothing', 'seasonal-naive-day'],
    ),
    ...names.map((name) => only(`${name} alone`, name)),
  ];
  return variants.filter(({ name }, k) => variants.findIndex((one) => one.name === name) === k);
}
