import { describe, expect, it } from 'vitest';
import { readProc } from '#adapters/local/host/read-proc.ts';
import { recordHost } from '#adapters/local/host/record-host.ts';
import { HostNotReadable, sampleHost, usageBetween } from '#adapters/local/host/sample-host.ts';
import type { FootprintPoint } from '#core/domain/footprint.ts';

/** A host whose clock runs only while somebody sleeps. */
function simulatedHost(
  startSeconds: number,
  options: { readonly cores?: (seconds: number) => number } = {},
) {
  const cores = options.cores ?? (() => 1);
  const state = { now: startSeconds, uptime: 1000, busy: 0, idle: 0, bytes: 0, memoryKb: 0 };
  const pass = (seconds: number) => {
    // In quarters of a second, so that usage may change while time passes.
    for (let s = 0; s < seconds; s += 0.25) {
      state.busy += cores(state.now) * 25;
      state.idle += (2 - cores(state.now)) * 25;
      state.now += 0.25;
      state.uptime += 0.25;
      state.bytes += 250;
    }
  };
  const files: Readonly<Record<string, () => string>> = {
    '/proc/uptime': () => `${state.uptime} 1.0\n`,
    '/proc/stat': () => `cpu  ${state.busy} 0 0 ${state.idle} 0 0 0 0 0 0\ncpu0 1 1\ncpu1 1 1\n`,
    '/proc/meminfo': () => `MemTotal: 1000 kB\nMemAvailable: ${1000 - state.memoryKb} kB\n`,
    '/proc/diskstats': () => `8 0 sda 0 0 ${state.bytes / 125} 0 0 0 0 0 0 0 0\n`,
    '/proc/net/dev': () => `eth0: ${state.bytes} 0 0 0 0 0 0 0 ${state.bytes} 0 0 0 0 0 0 0\n`,
  };
  return {
    state,
    pass,
    clock: { nowSeconds: () => state.now },
    readProc: async (path: string) => files[path]?.() ?? null,
  };
}

type Host = ReturnType<typeof simulatedHost>;

async function record(
  host: Host,
  stepSeconds: number,
  until: { readonly points: number; readonly onSleep?: (ms: number) => void },
): Promise<readonly FootprintPoint[]> {
  const stop = new AbortController();
  const points: FootprintPoint[] = [];
  const sleep = async (ms: number) => {
    host.pass(ms / 1000);
    until.onSleep?.(ms);
  };
  const { clock, readProc: read } = host;
  for await (const point of recordHost({
    stepSeconds,
    clock,
    signal: stop.signal,
    sleep,
    readProc: read,
  })) {
    if (points.push(point) === until.points) stop.abort();
  }
  return points;
}

describe('recordHost', () => {
  it('gives one point per step, aligned to it', async () => {
    const points = await record(simulatedHost(1_700_000_100), 5, { points: 3 });
    const footprint = { cpu: 1, memory: 0, disk: 4096, network: 2000 };
    expect(points).toEqual(
      [0, 1, 2].map((k) => ({ timestampSeconds: 1_700_000_100 + 5 * k, footprint })),
    );
  });

  it('means the samples of a step', async () => {
    const host = simulatedHost(1_700_000_100, { cores: (now) => (now < 1_700_000_145 ? 2 : 0.5) });
    let sample = 0;
    const points = await record(host, 60, {
      points: 1,
      onSleep: () => (host.state.memoryKb = 100 * ++sample),
    });
    expect(points[0]?.footprint.cpu).toBeCloseTo((45 * 2 + 15 * 0.5) / 60, 9);
    expect(points[0]?.footprint.memory).toBe(400 * 1024);
    expect(sample).toBe(4);
  });

  it.each([
    ['leaves out a first step of which little is left', 200, 300],
    ['gives a first step of which most is left', 100, 0],
  ])('%s', async (_, lateSeconds, firstStep) => {
    const points = await record(simulatedHost(1_700_000_100 + lateSeconds), 300, { points: 2 });
    expect(points.map((point) => point.timestampSeconds - 1_700_000_100)).toEqual([
      firstStep,
      firstStep + 300,
    ]);
  });

  it('measures nothing of counters that ran backwards, and goes on', async () => {
    const host = simulatedHost(1_700_000_100);
    let sleeps = 0;
    const points = await record(host, 10, {
      points: 3,
      onSleep: () => {
        if (++sleeps === 2) [host.state.busy, host.state.idle, host.state.bytes] = [0, 0, 0];
      },
    });
    expect(points.map((point) => point.footprint.cpu)).toEqual([1, null, 1]);
    expect(points.map((point) => point.footprint.network)).toEqual([2000, null, 2000]);
    expect(points[1]?.footprint.memory).toBe(0);
  });

  it('leaves a gap where the host slept', async () => {
    const host = simulatedHost(1_700_000_100);
    let sleeps = 0;
    const points = await record(host, 60, {
      points: 3,
      onSleep: () => {
        if (++sleeps === 6) host.pass(620);
      },
    });
    expect(points.map((point) => point.timestampSeconds - 1_700_000_100)).toEqual([0, 720, 780]);
  });

  it('ends when the signal aborts during a sleep', async () => {
    const host = simulatedHost(1_700_000_100);
    const stop = new AbortController();
    const sleep = async () => stop.abort();
    const recording = recordHost({ ...host, stepSeconds: 5, signal: stop.signal, sleep });
    expect(await recording.next()).toEqual({ done: true, value: undefined });
  });

  it('rejects a step that is not a whole number of seconds', async () => {
    const host = simulatedHost(0);
    const signal = new AbortController().signal;
    const recording = recordHost({
      ...host,
      stepSeconds: 0.5,
      signal,
      sleep: async () => undefined,
    });
    await expect(recording.next()).rejects.toThrow(RangeError);
  });

  it('reports that a host without /proc cannot be recorded', async () => {
    await expect(sampleHost(async () => null, { nowSeconds: () => 0 })).rejects.toThrow(
      HostNotReadable,
    );
  });

  it.skipIf(process.platform !== 'linux')('reads this host (skipped unless on Linux)', async () => {
    const clock = { nowSeconds: () => 1_700_000_100 };
    const before = await sampleHost(readProc, clock);
    let after = before;
    while (after.uptimeSeconds <= before.uptimeSeconds + 0.05) {
      after = await sampleHost(readProc, clock);
    }
    const usage = usageBetween(before, after);
    expect(usage.memory).toBeGreaterThan(1e6);
    expect(before.cpu?.processors).toBeGreaterThan(0);
  });
});
