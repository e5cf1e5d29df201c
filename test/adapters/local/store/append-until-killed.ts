/**
 * Child process of the kill test. Imports batches and writes everything else beside them until it
 * is killed; says on standard output what was promised: "stored N" once batch N is stored.
 */
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import {
  exampleCluster,
  exampleDecision,
  exampleIncident,
  exampleProfile,
} from '#test/adapters/contracts/example-profiles.ts';
import { CLUSTERS, knownBatch } from './known-points.ts';

const [directory, from] = process.argv.slice(2);
const store = await openLocalStore(directory);
process.stdout.write('open\n');
for (let batch = Number(from); ; batch++) {
  // The batch before once more: an import that is repeated after a crash does the same.
  if (batch > 0) await store.history.append(knownBatch(batch - 1));
  await store.history.append(knownBatch(batch));
  const profile = (await store.profiles.application('shop')) ?? exampleProfile;
  await store.profiles.putApplication({ ...profile, divergenceStreak: batch });
  await store.profiles.logAllocation(exampleDecision('shop', batch * 300, batch));
  const state = { ...NEW_CONTROLLER_STATE, lastStepSeconds: batch };
  await store.incidents.save('shop', state, [exampleIncident(batch * 300, null)]);
  const clusters = Array.from({ length: CLUSTERS }, (_, c) => exampleCluster(`cluster-${c}`));
  await store.profiles.putClusters(clusters.map((cluster) => ({ ...cluster, version: batch })));
  process.stdout.write(`stored ${batch}\n`);
}
