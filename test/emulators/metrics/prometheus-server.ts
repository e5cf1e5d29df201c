import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/** A real Prometheus with a history. */
export interface PrometheusServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Folder of prometheus and promtool; null where there is none. `.ci/run` installs them. */
export const PROMETHEUS_FOLDER =
  [path.join(ROOT, '.cache', 'prometheus', 'usr', 'bin'), '/usr/bin', '/usr/local/bin'].find(
    (folder) =>
      existsSync(path.join(folder, 'prometheus')) && existsSync(path.join(folder, 'promtool')),
  ) ?? null;

/** In CI a missing Prometheus fails the tests; elsewhere they are skipped. */
export const SKIP_PROMETHEUS = PROMETHEUS_FOLDER === null && process.env['CI'] === undefined;

/** @param openMetrics the history as OpenMetrics text; promtool makes blocks of it. */
export async function startPrometheus(openMetrics: string): Promise<PrometheusServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
  const history = path.join(folder, 'history.om');
  writeFileSync(history, openMetrics);
  makeBlocks(history, path.join(folder, 'data'));
  const server = await servePrometheus(folder);
  const stop = () => server.stop().then(() => rmSync(folder, { recursive: true, force: true }));
  return { ...server, stop };
}

/** promtool reads the whole file for every block; its own blocks are of two hours. */
const BLOCKS = '--max-block-duration=24h';

/** Adds the blocks of a file of OpenMetrics to a folder. */
export function makeBlocks(file: string, data: string): void {
  const words = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', BLOCKS, file, data];
  execFileSync(path.join(installed(), 'promtool'), words);
}

/** Starts Prometheus on `data` in a folder, which stays when it is stopped. */
export async function servePrometheus(
  folder: string,
): Promise<PrometheusServer & { readonly pid: number }> {
  const data = path.join(folder, 'data');
  writeFileSync(path.join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
  // Another process may take the port between the two: then one more try.
  for (let tries = 3; ; tries--) {
    const url = `http://127.0.0.1:${await freePort()}`;
    const child = spawn(
      path.join(installed(), 'prometheus'),
      [
        `--config.file=${path.join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=${url.slice('http://'.length)}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    if (await becomesReady(url, child)) {
      return { url, pid: child.pid ?? 0, stop: () => stopped(child) };
    }
    await stopped(child);
    if (tries === 0) throw new Error('prometheus does not start');
  }
}

function installed(): string {
  if (PROMETHEUS_FOLDER === null) throw new Error('no prometheus: scripts/install-prometheus.sh');
  return PROMETHEUS_FOLDER;
}

async function becomesReady(url: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const ready = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return true;
    await delay(50);
  }
  return false;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
