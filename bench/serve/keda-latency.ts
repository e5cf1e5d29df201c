/**
 * How long `/v1/keda/{id}` takes at 200 requests a second, while the server decides interval after
 * interval: tsx bench/serve/keda-latency.ts [SECONDS]. Needs a machine with nothing else to do.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const PER_SECOND = 200;
const BIN = join(import.meta.dirname, '../../bin/foreprint.js');
const seconds = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'foreprint-keda-'));
const store = join(folder, 'store');
const trace = join(folder, 'fleet.csv');
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, 'bench');

const run = (...words: readonly string[]) =>
  execFileSync(process.execPath, [BIN, ...words, '--quiet'], { stdio: 'ignore' });
run('sample', '--out', trace, '--days', '9');
run('import', trace, '--store', store);

const words = ['serve', '--port', '0', '--store', store, '--no-record', '--token-file', tokenFile];
const server = spawn(process.execPath, [BIN, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
const url = await new Promise<string>((resolve) => {
  server.stdout.on('data', (text: Buffer) => {
    const [found] = /http:\S+/.exec(text.toString()) ?? [];
    if (found !== undefined) resolve(found);
  });
});
while ((await fetch(`${url}/readyz`)).status !== 200) await delay(500);

const times: number[] = [];
const pending: Promise<void>[] = [];
const began = performance.now();
for (let k = 0; k < seconds * PER_SECOND; k++) {
  const due = began + (k * 1000) / PER_SECOND;
  const early = due - performance.now();
  if (early > 1) await delay(early);
  if (k % PER_SECOND === 0) {
    const headers = { authorization: 'Bearer bench' };
    pending.push(fetch(`${url}/v1/interval`, { method: 'POST', headers }).then(() => undefined));
  }
  pending.push(ask());
}
await Promise.all(pending);
const ended = once(server, 'exit');
server.kill('SIGTERM');
await ended;
rmSync(folder, { recursive: true, force: true });

times.sort((a, b) => a - b);
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
process.stdout.write(
  `${times.length} answers: p50 ${at(0.5)?.toFixed(1)} ms, p99 ${at(0.99)?.toFixed(1)} ms, largest ${times.at(-1)?.toFixed(1)} ms\n`,
);

async function ask(): Promise<void> {
  const from = performance.now();
  const response = await fetch(`${url}/v1/keda/shop-eu`);
  await response.json();
  times.push(performance.now() - from);
}
