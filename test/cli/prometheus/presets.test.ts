import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { RESOURCES, type Footprint, type FootprintWindow } from '#core/domain/footprint.ts';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { containerHistory, nodeHistory } from '#test/emulators/metrics/exporter-history.ts';
import { SKIP_PROMETHEUS, startPrometheus } from '#test/emulators/metrics/prometheus-server.ts';

const NOW = Date.UTC(2026, 5, 1) / 1000;
const STEP = 300;
const HOURS = 6;
const CHANGED = NOW - 3 * 3600;
const GIB = 2 ** 30;
const MIB = 2 ** 20;

describe.skipIf(SKIP_PROMETHEUS)('presets on what exporters tell a real Prometheus', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'foreprint-presets-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** What is stored of the last hours, by application. */
  async function imported(
    name: string,
    history: string,
    ...words: readonly string[]
  ): Promise<ReadonlyMap<string, FootprintWindow>> {
    const store = path.join(directory, name);
    const server = await startPrometheus(history);
    try {
      const given = ['import', '--prometheus-url', server.url, '--store', store, ...words];
      const result = await runInDirectory(directory, ...given, '--since', `${HOURS}h`);
      expect(result).toMatchObject({ status: 0 });
    } finally {
      await server.stop();
    }
    const open = await openLocalStore(store);
    const range = { fromSeconds: NOW - HOURS * 3600, toSeconds: NOW };
    const windows = new Map<string, FootprintWindow>();
    for (const { applicationId } of await open.history.applications()) {
      windows.set(applicationId, await open.history.read(applicationId, range, STEP));
    }
    await open.close();
    return windows;
  }

  /** Every step has the values, but for those around a change, which have no more. */
  function expectValues(window: FootprintWindow | undefined, expected: Footprint): void {
    if (window === undefined) throw new Error('not imported');
    for (const resource of RESOURCES) {
      const wanted = expected[resource] ?? NaN;
      window.values[resource].forEach((value, k) => {
        const at = NOW - HOURS * 3600 + k * STEP;
        const label = `${resource}, step ${k}`;
        if (Math.abs(at - CHANGED) > 2 * STEP) expect(value / wanted, label).toBeCloseTo(1, 6);
        else expect(value, label).toBeLessThanOrEqual(wanted * (1 + 1e-6));
      });
    }
  }

  const range = { fromSeconds: NOW - (HOURS + 1) * 3600, toSeconds: NOW, scrapeSeconds: 150 };

  it('reads nodes: no idle processor, no disk or network twice, no jump where one was booted', async () => {
    const nodes = await imported('nodes', nodeHistory(range, CHANGED));
    expect([...nodes.keys()]).toEqual(['a:9100', 'b:9100']);
    const a = { cpu: 0.8, memory: 4 * GIB, disk: 1500, network: 4000 };
    const b = { cpu: 0.5, memory: GIB, disk: 300, network: 30 };
    expectValues(nodes.get('a:9100'), a);
    expectValues(nodes.get('b:9100'), b);
  });

  it('reads containers by name: all processors and networks, memory once where one began anew', async () => {
    const containers = await imported('containers', containerHistory(range, CHANGED));
    expect([...containers.keys()]).toEqual(['db', 'web']);
    const web = { cpu: 0.5, memory: 100 * MIB, disk: 600, network: 50 };
    const db = { cpu: 0.125, memory: 25 * MIB, disk: 150, network: 12.5 };
    expectValues(containers.get('web'), web);
    expectValues(containers.get('db'), db);
  });

  it('reads containers by another label, and none twice', async () => {
    const images = await imported('images', containerHistory(range, CHANGED), '--by', 'image');
    const web = { cpu: 0.5, memory: 100 * MIB, disk: 600, network: 50 };
    expect([...images.keys()]).toEqual(['db:1', 'web:1']);
    expectValues(images.get('web:1'), web);
  });
});
