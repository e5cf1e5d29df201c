/**
 * `foreprint serve` beside a real Prometheus in accelerated time: killed ten times at moments of all
 * kinds, then left alone for an hour (or MINUTES): tsx bench/serve/accelerated-hour.ts [MINUTES]
 * [--write]. Reports whether anything was lost or doubled, how forecasts and the autoscaler's number
 * moved, and how the memory did.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { processUse } from '#bench/process-use.ts';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { clusterHistory } from '#test/emulators/cluster-history.ts';
import { startPrometheus } from '#test/emulators/metrics/prometheus-server.ts';

const DAY = 86_400;
const STEP = 300;
const KILLS = 10;
/** An interval of five minutes takes ten seconds. */
const FACTOR = 30;
const BIN = join(import.meta.dirname, '../../bin/foreprint.js');
const PRELOADED = join(import.meta.dirname, 'accelerated-time.js');
const APPLICATION = 'shop%2Fcheckout';

const minutes = Number(benchArguments[0] ?? 60);
const folder = mkdtempSync(join(tmpdir(), 'foreprint-hour-'));
const store = join(folder, 'store');
const config = join(folder, 'settings.json');
// A training of every application every half hour, so that kills and the hour meet some.
const settings = { resources: ['cpu', 'memory'], training: { everySeconds: 1800 } };
writeFileSync(config, JSON.stringify(settings));
// The day's load rises fastest six hours before its peak.
const beganSeconds = Date.UTC(2026, 5, 1) / 1000;
const prometheus = await startPrometheus(
  clusterHistory({
    fromSeconds: beganSeconds - 9 * DAY,
    toSeconds: beganSeconds + DAY,
    scrapeSeconds: 150,
  }),
);
const accelerated = {
  ACCELERATED_FACTOR: String(FACTOR),
  ACCELERATED_FROM: String(beganSeconds),
  ACCELERATED_AT: String(Date.now()),
};
const nowSeconds = () =>
  beganSeconds + ((Date.now() - Number(accelerated.ACCELERATED_AT)) / 1000) * FACTOR;

// Before it answers, while it collects, while it decides and trains, while it rests.
const faults: string[] = [];
for (let kill = 0; kill < KILLS; kill++) {
  const { child, url } = await start();
  if (kill % 2 === 1) await ready(url);
  await delay(kill * 400);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  faults.push(...(await faultsOfStore()).map((fault) => `kill ${kill + 1}: ${fault}`));
}

const { child, url } = await start();
await ready(url);
const seen: Seen[] = [];
const untilSeconds = nowSeconds() + minutes * 60;
while (nowSeconds() < untilSeconds) {
  seen.push(await look(url, child.pid ?? 0));
  await delay((STEP * 1000) / FACTOR);
}
const ended = once(child, 'exit');
child.kill('SIGTERM');
await ended;
faults.push(...(await faultsOfStore()));
await prometheus.stop();
rmSync(folder, { recursive: true, force: true });

const [first, middle, last] = [0, 0.5, 1].map(
  (share) => seen[Math.floor(share * (seen.length - 1))],
);
const rows = [
  {
    'kill −9': KILLS,
    'lost, doubled or damaged': faults.length,
    'minutes then': minutes,
    'new forecasts': new Set(seen.map(({ forecastFrom }) => forecastFrom)).size,
    "KEDA's number": [...new Set(seen.map(({ wanted }) => wanted))].join(', '),
    'failed intervals': last?.failedIntervals ?? NaN,
    'resident, MiB: begin, middle, end': [first, middle, last]
      .map((one) => Math.round(one?.residentMib ?? NaN))
      .join(', '),
  },
];
console.table(rows);
faults.forEach((fault) => process.stdout.write(`${fault}\n`));
await renewTable('serve', 'hour', rows);
if (faults.length > 0) process.exitCode = 1;

interface Seen {
  readonly wanted: number;
  readonly forecastFrom: string;
  readonly failedIntervals: number;
  readonly residentMib: number;
}

async function look(address: string, pid: number): Promise<Seen> {
  const ask = async (path: string) => (await fetch(`${address}${path}`)).text();
  const { value } = z
    .object({ value: z.number() })
    .parse(JSON.parse(await ask(`/v1/keda/${APPLICATION}`)));
  const { resources } = z
    .object({ resources: z.record(z.string(), z.object({ from: z.string() })) })
    .parse(JSON.parse(await ask(`/v1/applications/${APPLICATION}/forecast`)));
  const [, failed] = /^foreprint_failed_intervals_total (\d+)$/m.exec(await ask('/metrics')) ?? [];
  return {
    wanted: value,
    forecastFrom: resources['cpu']?.from ?? 'none',
    failedIntervals: Number(failed),
    residentMib: processUse(pid)?.residentMib ?? NaN,
  };
}

async function start(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const words = [
    'serve',
    '--port',
    '0',
    '--store',
    store,
    '--config',
    config,
    '--wait',
    '60',
    '--quiet',
  ];
  const server = spawn(
    process.execPath,
    ['--import', PRELOADED, BIN, ...words, '--prometheus-url', prometheus.url],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...accelerated } },
  );
  const address = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (text: Buffer) => {
      const [found] = /http:\S+/.exec(text.toString()) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error('the server ended')));
  });
  return { child: server, url: address };
}

async function ready(address: string): Promise<void> {
  while ((await fetch(`${address}/readyz`)).status !== 200) await delay(100);
}

/** Steps that are missing within what is stored or that are there twice, and models without a file. */
async function faultsOfStore(): Promise<readonly string[]> {
  const open = await openLocalStore(store);
  const models = createFileModelStore(store);
  try {
    const found: string[] = [];
    for (const {
      applicationId,
      firstSeconds,
      lastSeconds,
      points,
    } of await open.history.applications()) {
      const steps = (lastSeconds - firstSeconds) / STEP + 1;
      if (points !== steps) found.push(`${applicationId}: ${points} points in ${steps} steps`);
      const isBegun = firstSeconds <= beganSeconds - 9 * DAY + 2 * STEP;
      if (!isBegun) found.push(`${applicationId}: no beginning`);
      const profile = await open.profiles.application(applicationId);
      for (const model of Object.values(profile?.predictiveModel ?? {})) {
        const file = await models.get(model?.sha256 ?? '').catch(() => null);
        if (file === null) found.push(`${applicationId}: a model without its file`);
      }
    }
    return found;
  } finally {
    await open.close();
  }
}
