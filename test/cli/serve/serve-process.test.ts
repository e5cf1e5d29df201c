import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { clusterHistory } from '#test/emulators/cluster-history.ts';
import {
  SKIP_PROMETHEUS,
  startPrometheus,
  type PrometheusServer,
} from '#test/emulators/prometheus-server.ts';

const BIN = path.join(import.meta.dirname, '../../../bin/foreprint.js');
const DAY = 86_400;

describe.skipIf(SKIP_PROMETHEUS)('the process of the server beside a real Prometheus', () => {
  let prometheus: PrometheusServer;
  const directory = mkdtempSync(path.join(tmpdir(), 'foreprint-serve-'));
  const running = new Set<ChildProcess>();
  const nowSeconds = Math.floor(Date.now() / 150_000) * 150;

  beforeAll(async () => {
    // Goes on after now, so that it does not end while the test runs on a busy machine.
    const range = { fromSeconds: nowSeconds - DAY, toSeconds: nowSeconds + DAY / 2 };
    prometheus = await startPrometheus(clusterHistory({ ...range, scrapeSeconds: 150 }));
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await prometheus.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
    const words = ['serve', '--port', '0', '--store', directory, '--quiet', '--wait', '60'];
    const child = spawn(process.execPath, [BIN, ...words, '--prometheus-url', prometheus.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => {
        const [found] = /http:\S+/.exec(text.toString()) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error('the server ended')));
    });
    return { child, url };
  }

  const isReady = async (url: string) => (await fetch(`${url}/readyz`)).status === 200;

  it('loses and doubles nothing when it is killed, and ends gracefully', async () => {
    for (const moment of ['at once', 'ready'] as const) {
      const { child, url } = await start();
      if (moment === 'ready') await expect.poll(() => isReady(url)).toBe(true);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    const { child, url } = await start();
    await expect.poll(() => isReady(url)).toBe(true);
    const keda = await fetch(`${url}/v1/keda/shop%2Fcheckout`);
    expect(await keda.json()).toEqual({ value: expect.any(Number) });
    const events = await fetch(`${url}/live/events`);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    await events.text().catch(() => '');
    expect(child.signalCode).toBeNull();

    const store = await openLocalStore(directory);
    const [checkout] = await store.history.applications();
    expect(checkout?.applicationId).toBe('shop/checkout');
    const { firstSeconds, lastSeconds, points } = checkout!;
    expect(points).toBe((lastSeconds - firstSeconds) / 300 + 1);
    await store.close();
  });
});
