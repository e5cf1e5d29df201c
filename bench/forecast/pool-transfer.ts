/**
 * `npm run bench:pool`: does a pool learned on some machines and one month serve other machines in
 * another month? Prints the loss over the last tenth of the month beside that of the plain mixture.
 * `--ship` learns the shares that are shipped, on three of four machines of both months, measures
 * them on the fourth and prints them, with `--write` also into docs/benchmarks/forecasting.md;
 * `--folds` does so with each quarter of the machines in turn.
 */
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { learnedPool } from '#models/families/pool/learned-pool.ts';
import { quantileMixtureEqual } from '#models/families/trailing-window/quantile-mixture.ts';
import { renewTable } from '../write-table.ts';
import { learnPool } from './learn-pool.ts';
import { addRollingLoss, rawForecast, RULES } from './rolling-loss.ts';

const DATA = '../shared/data/bitbrains-rnd';
const MONTHS = ['2013-08', '2013-09'];

type Months = ReadonlyMap<string, Readonly<Record<Resource, readonly Float64Array[]>>>;

async function readMonths(): Promise<Months> {
  const months = new Map<string, Record<Resource, readonly Float64Array[]>>();
  for (const month of MONTHS) {
    const { applications } = await readTrace([`${DATA}/${month}.parquet`]);
    const of = (resource: Resource) => applications.map(({ window }) => window.values[resource]);
    months.set(month, {
      cpu: of('cpu'),
      memory: of('memory'),
      disk: of('disk'),
      network: of('network'),
    });
  }
  return months;
}

/** Machines of the part, or of all other parts. */
const part = (series: readonly Float64Array[], k: number, of: number, inside: boolean) =>
  series.filter((_, machine) => (machine % of === k) === inside);

interface Measured {
  readonly pool: number;
  readonly mixture: number;
}

type Weights = Awaited<ReturnType<typeof learnPool>>;

function measure(series: readonly Float64Array[], weights: Weights, rule: (typeof RULES)[number]) {
  const [pool, mixture] = [learnedPool('pool', weights), quantileMixtureEqual].map((family) => {
    const sums = { loss: 0, absolute: 0 };
    for (const values of series) addRollingLoss(sums, values, rawForecast(family, 1), rule);
    return sums;
  });
  return { pool: pool!, mixture: mixture! };
}

/**
 * Learned on half of the machines in one month, measured on the other half in the other month, all
 * four ways.
 */
async function crossed(months: Months, resource: Resource, learnFrom: readonly Resource[]) {
  for (const month of MONTHS) {
    const other = MONTHS.find((one) => one !== month)!;
    const sums = RULES.map(() => ({ pool: 0, mixture: 0, absolute: 0 }));
    for (const half of [0, 1]) {
      const series = learnFrom.flatMap((from) => part(months.get(other)![from], half, 2, false));
      const weights = await learnPool(unitLevels(series, learnFrom.length > 1));
      RULES.forEach((rule, k) => {
        const found = measure(part(months.get(month)![resource], half, 2, true), weights, rule);
        sums[k]!.pool += found.pool.loss;
        sums[k]!.mixture += found.mixture.loss;
        sums[k]!.absolute += found.pool.absolute;
      });
    }
    print(`${resource} ${month}, learned on ${learnFrom.join('+')} ${other}`, sums);
  }
}

/** Of several resources none may drown the others by its unit. */
function unitLevels(series: readonly Float64Array[], several: boolean): readonly Float64Array[] {
  if (!several) return series;
  return series.map((values) => {
    const known = values.filter((value) => !Number.isNaN(value));
    const level = known.reduce((sum, value) => sum + Math.abs(value), 0) / (known.length || 1);
    return level > 0 ? values.map((value) => value / level) : values;
  });
}

function print(title: string, sums: readonly (Measured & { readonly absolute: number })[]): void {
  const cells = sums.map(({ pool, mixture, absolute }, k) => {
    const [a, b] = [pool / absolute, mixture / absolute];
    return `${RULES[k]!.horizon}: ${a.toFixed(3)} against ${b.toFixed(3)} (${(100 * (a / b - 1)).toFixed(1)} %)`;
  });
  console.log(`${title}: ${cells.join(', ')}`);
}

/** Four pools, each measured on the quarter of the machines that it has not seen. */
async function folds(months: Months): Promise<void> {
  const sums = new Map(
    MONTHS.map((month) => [month, RULES.map(() => ({ pool: 0, mixture: 0, absolute: 0 }))]),
  );
  for (const quarter of [0, 1, 2, 3]) {
    const of = (month: string, inside: boolean) => part(months.get(month)!.cpu, quarter, 4, inside);
    const weights = await learnPool(MONTHS.flatMap((month) => of(month, false)));
    for (const [month, rules] of sums) {
      rules.forEach((sum, k) => {
        const found = measure(of(month, true), weights, RULES[k]!);
        sum.pool += found.pool.loss;
        sum.mixture += found.mixture.loss;
        sum.absolute += found.pool.absolute;
      });
    }
  }
  for (const [month, rules] of sums) print(`four folds, cpu ${month}`, rules);
}

async function ship(months: Months): Promise<void> {
  const of = (month: string, inside: boolean) => part(months.get(month)!.cpu, 3, 4, inside);
  const weights = await learnPool(MONTHS.flatMap((month) => of(month, false)));
  const rows: Record<string, string | number>[] = [];
  for (const month of MONTHS) {
    const sums = RULES.map((rule) => {
      const found = measure(of(month, true), weights, rule);
      const { absolute } = found.pool;
      return { pool: found.pool.loss, mixture: found.mixture.loss, absolute };
    });
    print(`shipped, cpu ${month}, kept-out machines`, sums);
    sums.forEach(({ pool, mixture, absolute }, k) =>
      rows.push({
        month,
        horizon: RULES[k]!.horizon,
        'quantile mixture': (mixture / absolute).toFixed(3),
        'learned pool': (pool / absolute).toFixed(3),
        'against the quantile mixture': `${(100 * (pool / mixture - 1)).toFixed(1)} %`,
      }),
    );
  }
  console.log(weights.shares.map((row) => `[${row.join(', ')}],`).join('\n'));
  await renewTable('forecasting', 'pool', rows);
}

const months = await readMonths();
if (process.argv.includes('--ship')) await ship(months);
else if (process.argv.includes('--folds')) await folds(months);
else {
  const all = process.argv.includes('--all');
  for (const resource of all ? RESOURCES : (['cpu'] as const)) {
    await crossed(months, resource, ['cpu']);
    if (all) await crossed(months, resource, [resource]);
  }
}
