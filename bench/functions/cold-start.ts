/**
 * Cold start and warm decision of `allocate` in Lambda's runtime on this machine, once per history
 * store, with emulators on the loopback interface, and the round trips of a decision. Needs
 * scripts/install-lambda-runtime.sh and MOTO_SERVER.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { HISTORY_STORES } from '#cdk/configuration/configuration-schema.ts';
import { hasMoto } from '#test/emulators/serve-moto.ts';
import { lambdaRuntime } from '#test/end-to-end/lambda/lambda-runtime.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { measureAllocate, type Measured } from './measure-allocate.ts';
import { measureEmptyFunction } from './measure-empty-function.ts';

const ROUNDS = Number(benchArguments[0] ?? 10);

if (!lambdaRuntime || !hasMoto) {
  console.error('needs scripts/install-lambda-runtime.sh and MOTO_SERVER=path of moto_server');
  process.exit(1);
}

const directory = mkdtempSync(path.join(tmpdir(), 'foreprint-cold-start-'));
try {
  const empty = await measureEmptyFunction(lambdaRuntime, path.join(directory, 'empty'), ROUNDS);
  const results: Measured[] = [];
  for (const store of HISTORY_STORES) {
    results.push(await measureAllocate(lambdaRuntime, store, path.join(directory, store), ROUNDS));
  }
  const [cpu] = cpus();
  console.log(
    `${cpus().length} x ${cpu?.model ?? '?'}; ${ROUNDS} instances each; ms: median (smallest, largest)`,
  );
  const head = ['', 'an empty function', ...results.map(({ store }) => store)];
  const row = (what: string, own: string, of: (result: Measured) => string): string[] => [
    what,
    own,
    ...results.map(of),
  ];
  const rows = [
    row('start: Node, client, imports', text(empty), ({ initMs }) => text(initMs)),
    row('first decision: model load, answers', '', ({ firstMs }) => text(firstMs)),
    row('cold start in all', '', ({ coldMs }) => text(coldMs)),
    row('warm decision', '', ({ warmMs }) => text(warmMs)),
    row('bundle, kB', '', ({ bundle }) => (statSync(bundle).size / 1024).toFixed(0)),
    row(
      'round trips of the first, of a warm one',
      '',
      ({ firstCalls, warmCalls }) => `${firstCalls.length}, ${warmCalls.length}`,
    ),
  ];
  const table = new Table({ head });
  table.push(...rows);
  console.log(table.toString());
  const named = rows.map((cells) => Object.fromEntries(head.map((name, k) => [name, cells[k]!])));
  await renewTable('aws', 'cold-start', named);
  for (const { store, firstCalls, warmCalls } of results) {
    console.log(`${store}: first decision ${calls(firstCalls)}`);
    console.log(`${store}: warm decision ${calls(warmCalls)}`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function text(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const [smallest, median, largest] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  const whole = (value = NaN) => value.toFixed(0);
  return `${whole(median)} (${whole(smallest)}, ${whole(largest)})`;
}

function calls(names: readonly string[]): string {
  return `${names.length} round trips: ${names.join(', ')}`;
}
