/**
 * Who is served better and worse, and what it costs: every policy at its default setting beside
 * target tracking at 70 %, objective 85 %, use that ends at the capacity.
 * `npm run bench:service -- [TRACE…] [--rivals] [--whole]`: of all traces of `traces.ts` or of those
 * named; with --rivals every policy of `replay --policies`, else target tracking and the oracle;
 * with --whole all of the capacity serves, and policies see all demand. With --write the table of
 * each trace in docs/benchmarks/engine.md is renewed as it ends.
 */
import { parseArgs } from 'node:util';
import { ALL_BASELINES } from '#evaluation/baselines/all-baselines.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { besideTracking } from '#evaluation/service/beside-tracking.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { benchArguments, renewTable } from '../../write-table.ts';
import { digits } from './digits.ts';
import { chosenTraces, replayTrace } from './traces.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    rivals: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const names = ALL_BASELINES.map(({ name }) => name).filter(
  (name) => given.rivals || name === targetTracking.name || name === 'oracle',
);
const plan = { quantiles: [], baselines: names.map((name) => ({ name, knobs: [] })) };
for (const trace of chosenTraces(positionals)) {
  const result = await replayTrace(trace, { plan, ...(given.whole && { service: WHOLE_SERVICE }) });
  const rows = besideTracking(result, targetTracking.name).map((row) => ({
    policy: row.policy,
    'instance-hours': digits(row.hours),
    'way to the oracle': digits(row.wayToOracle, 2),
    'unserved demand': digits(row.unserved),
    'short steps': digits(row.short),
    'scaling actions': digits(row.actions, 2),
    'served better': row.better,
    worse: row.worse,
  }));
  console.log(`${trace.title}: ${result.applications.length} applications`);
  console.table(rows);
  await renewTable('engine', `service-${trace.name}${given.whole ? '-whole' : ''}`, rows);
}
