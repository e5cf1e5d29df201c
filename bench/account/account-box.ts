/**
 * How long a region of an account takes in a box: groups of the sample fleet, half of them beside a
 * tracking policy, with all functions. `npm run bench:account-box -- [--days 28] [--groups 20]
 * [--regions 2]`: the groups are dealt out to regions, which take a process each.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { openAccountBox } from '#test/emulators/account/account-box.ts';
import { BOX_ENVIRONMENT } from '#test/emulators/account/box-environment.ts';
import { importHandlers } from '#test/emulators/account/box-handlers.ts';
import {
  BOX_TYPE,
  openBoxGroup,
  START_SECONDS,
  STEP_SECONDS,
} from '#test/emulators/account/open-box-group.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';
import { benchArguments, renewTable } from '../write-table.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    days: { type: 'string', default: '28' },
    groups: { type: 'string', default: '20' },
    regions: { type: 'string', default: '2' },
    region: { type: 'string' },
  },
});
const [days, count, regions] = [Number(given.days), Number(given.groups), Number(given.regions)];
/** Instances that the largest demand of a group fills. */
const MOST_FILLED = 8;
const [MIN, MAX] = [2, 16];
const TRAINS_AT_SECONDS = 2 * 3600;
const MINUTES_PER_DAY = 1440;
/** Shorter samples have no room for their events. */
const LEAST_SAMPLE_DAYS = 3;

interface RegionTime {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of one group by one event. */
  readonly mostChanges: number;
}

if (given.region === undefined) await measure();
else process.send?.(await passRegion(Number(given.region)));

async function measure(): Promise<void> {
  const times = await Promise.all(Array.from({ length: regions }, (_, k) => timeOf(k)));
  const most = (of: (time: RegionTime) => number) => Math.max(...times.map(of));
  const row = {
    groups: count,
    days,
    processes: regions,
    'elapsed, s': Math.round(most(({ seconds }) => seconds)),
    'CPU, s': Math.round(times.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)),
    'most changes of a group by one event': most(({ mostChanges }) => mostChanges),
  };
  console.log(row);
  await renewTable('account', 'box-time', [row]);
}

function timeOf(region: number): Promise<RegionTime> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [...benchArguments, '--region', String(region)]);
    child.once('message', (time) => resolve(time as RegionTime));
    child.once('exit', (code) => reject(new Error(`region ${region} ended with ${code}`)));
  });
}

async function passRegion(region: number): Promise<RegionTime> {
  Object.assign(process.env, BOX_ENVIRONMENT);
  const groups = demands().flatMap((demand, k) => {
    const isTracked = k % (2 * regions) < regions;
    const own = { min: MIN, max: MAX, demand, tracking: isTracked ? 0.6 : null };
    const mode = isTracked ? 'scale-out' : 'full';
    return k % regions === region ? [openBoxGroup({ ...own, name: `group-${k}`, mode })] : [];
  });
  const box = openAccountBox({
    groups,
    types: [BOX_TYPE],
    phaseSeconds: 180,
    trainsAtSeconds: TRAINS_AT_SECONDS,
  });
  const handlers = await importHandlers();
  const [startedMs, started] = [performance.now(), process.cpuUsage()];
  const seconds = () => (performance.now() - startedMs) / 1000;
  for (let day = 1; day <= days; day++) {
    await box.pass(MINUTES_PER_DAY, handlers);
    process.stderr.write(`region ${region}, day ${day}: ${Math.round(seconds())} s\n`);
  }
  box.close();
  const cpuSeconds = cpuSecondsSince(started);
  return { seconds: seconds(), cpuSeconds, mostChanges: box.mostChanges };
}

/** Demand in cores per step of every group, from sample fleets of as many seeds as it takes. */
function demands(): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  for (let seed = 1; found.length < count; seed++) {
    const fleet = createSampleFleet({
      seed,
      startSeconds: START_SECONDS,
      days: Math.max(LEAST_SAMPLE_DAYS, days),
      stepSeconds: STEP_SECONDS,
    });
    found.push(...fleet.applications.map(({ window }) => filling(window.values.cpu)));
  }
  return found.slice(0, count);
}

function filling(cores: Float64Array): readonly number[] {
  const most = cores.reduce((a, b) => (b > a ? b : a), 0);
  return Array.from(cores, (value) => (value / most) * MOST_FILLED * BOX_TYPE.cores);
}
