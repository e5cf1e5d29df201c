/**
 * `npm run bench:newcomers -- [--traces NAME,…] [--keep DIR] [--data DIR] [--write]`: loss and
 * newsvendor cost of the next day, and coverage of the 80 % interval, by how long a newcomer has
 * been measured: forecast by what is known without it, by the fleet, by the learned pool on its own
 * hours, by its cluster, and by an average of them.
 *
 * With --keep the forecasts of every fleet are kept in a folder and taken from it, so that a long
 * run can be split: first `--traces NAME --keep DIR` for each, then all.
 */
import { parseArgs } from 'node:util';
import { cpuSecondsSince } from '#bench/cpu-seconds.ts';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { keptCases } from './kept-cases.ts';
import { measureNewcomers, type FleetCases } from './measure-newcomers.ts';
import { newcomerFleets } from './newcomer-fleets.ts';
import { newcomerTables } from './newcomer-rows.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    traces: { type: 'string' },
    keep: { type: 'string' },
    data: { type: 'string', default: '../shared/data' },
  },
});
const wanted = given.traces?.split(',');

const fleets = new Map<string, FleetCases>();
for (const [name, read] of newcomerFleets(given.data)) {
  if (wanted?.includes(name) === false) continue;
  const started = process.cpuUsage();
  fleets.set(name, await keptCases(name, read, given.keep));
  const { cases } = fleets.get(name)!;
  console.error(
    `${name}: ${cases.length} forecasts, ${cpuSecondsSince(started).toFixed(0)} s of CPU`,
  );
}
const tables = newcomerTables(measureNewcomers(fleets));
for (const [name, rows] of Object.entries(tables)) {
  console.log(`\n${name}`);
  for (const row of rows) console.log(Object.values(row).join(' | '));
  await renewTable('clusters', `newcomers-${name}`, rows);
}
