import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';
import { openAccount, type EmulatedAccount } from '#test/end-to-end/deployment/emulated-account.ts';
import {
  createFleet,
  createGroups,
  DAY,
  STEP,
} from '#test/end-to-end/deployment/emulated-fleet.ts';
import { openDeployment, type Deployment } from '#test/end-to-end/deployment/open-deployment.ts';
import { runTraining } from '#test/end-to-end/deployment/run-training.ts';
import { synthesiseAssets } from '#test/end-to-end/deployment/synthesise-assets.ts';
import type { LambdaRuntime } from '#test/end-to-end/lambda/lambda-runtime.ts';
import type { RunningFunction } from '#test/end-to-end/lambda/start-function.ts';
import { runCommand } from '#test/end-to-end/run-command.ts';
import { LAUNCH_EVENT } from '#test/functions/events/example-events.ts';

/** Durations in ms; a cold start is the start of an instance and its first decision. */
export interface Measured {
  readonly store: HistoryStoreKind;
  readonly initMs: readonly number[];
  readonly firstMs: readonly number[];
  readonly coldMs: readonly number[];
  readonly warmMs: readonly number[];
  /** Calls of AWS that the first decision of an instance made, and a later one. */
  readonly firstCalls: readonly string[];
  readonly warmCalls: readonly string[];
  /** The function's file. */
  readonly bundle: string;
}

/** Warm decisions of every instance. */
const WARM = 10;

/**
 * Decides for launch hooks of a group whose models were trained on two weeks, each time in a new
 * instance first.
 */
export async function measureAllocate(
  runtime: LambdaRuntime,
  store: HistoryStoreKind,
  directory: string,
  rounds: number,
): Promise<Measured> {
  const now = Math.floor(Date.now() / 1000 / STEP) * STEP;
  const account = await openAccount(createFleet(now - 14 * DAY).published);
  mkdirSync(directory);
  const assembly = await synthesiseAssets({ historyStore: store }, directory);
  const deployment = await openDeployment(runtime, assembly, account);
  try {
    await prepare(deployment, account, now);
    const [initMs, firstMs, coldMs, warmMs]: [number[], number[], number[], number[]] = [
      [],
      [],
      [],
      [],
    ];
    let calls = { first: [] as readonly string[], warm: [] as readonly string[] };
    for (let round = 0; round < rounds; round++) {
      const instance = await deployment.start(/Allocate/);
      const first = await decide(instance, account);
      const later = [];
      for (let k = 0; k < WARM; k++) later.push(await decide(instance, account));
      initMs.push(instance.initMs);
      firstMs.push(first.ms);
      coldMs.push(instance.initMs + first.ms);
      warmMs.push(...later.map(({ ms }) => ms));
      calls = { first: first.calls, warm: later.at(-1)?.calls ?? [] };
      await instance.stop();
    }
    const bundle = path.join(deployment.directoryOf(/Allocate/), 'index.js');
    return {
      store,
      initMs,
      firstMs,
      coldMs,
      warmMs,
      firstCalls: calls.first,
      warmCalls: calls.warm,
      bundle,
    };
  } finally {
    await deployment.stop();
    account.close();
  }
}

async function prepare(
  deployment: Deployment,
  account: EmulatedAccount,
  now: number,
): Promise<void> {
  await createGroups(account.clients.scaling);
  await runCommand(account.variables, 'enrol', 'shop', '--mode', 'scale-out');
  const time = new Date(now * 1000).toISOString();
  await deployment.invoke(/Ingest/, { 'detail-type': 'Scheduled Event', time });
  await runTraining(deployment, account.clients.s3, now);
  await deployment.stop();
}

/** One decision for an instance that waits in a hook. */
async function decide(
  instance: RunningFunction,
  account: EmulatedAccount,
): Promise<{ readonly ms: number; readonly calls: readonly string[] }> {
  const { moto, dynamodb, timestream } = account;
  const made = () => [
    ...moto.actions,
    ...dynamodb.actions,
    ...timestream.calls.map(({ action }) => action),
  ];
  const detail = { ...LAUNCH_EVENT.detail, LifecycleActionToken: randomUUID() };
  const event = { ...LAUNCH_EVENT, time: new Date().toISOString(), detail };
  for (const list of [moto.actions, dynamodb.actions, timestream.calls]) list.length = 0;
  const startedAt = performance.now();
  const answer = await instance.invoke(event);
  const ms = performance.now() - startedAt;
  if ((answer as { readonly outcome: string }).outcome !== 'decided') {
    throw new Error(`no decision: ${JSON.stringify(answer)}\n${instance.log.join('')}`);
  }
  return { ms, calls: made() };
}
