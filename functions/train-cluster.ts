import { parse } from '@aws-lambda-powertools/parser';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainClusterEventSchema } from './events/training-events.ts';
import { stoppableTrainer, unlessStopped } from './training/stoppable-trainer.ts';
import { trainOneCluster } from './training/train-one-cluster.ts';
import { checkOnnxruntimeOnce } from './wiring/check-onnxruntime.ts';
import { history } from './wiring/history.ts';
import { instrument, reportFailure } from './wiring/instruments.ts';
import { models } from './wiring/models.ts';
import { profiles, saveCluster, settingsWithTags } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';

// Every trained file is asked in ONNX Runtime before it is stored.
checkOnnxruntimeOnce();

const { mayAct } = killSwitch;
const trainer = stoppableTrainer(trainInProcess, mayAct);
const ports = { history, profiles, models, trainer, saveCluster, report: reportFailure };

/** Training run: trains the models of one cluster, unless the clusters were refined meanwhile. */
export const handler = instrument('train-cluster', async (event: unknown) => {
  const { clusterId, startedAt: nowSeconds } = parse(event, undefined, trainClusterEventSchema);
  if (!(await mayAct())) return { clusterId, stopped: true };
  const settings = await settingsWithTags();
  const work = () => trainOneCluster(ports, { clusterId, nowSeconds }, settings);
  const outcome = await unlessStopped(work);
  return outcome === 'stopped' ? { clusterId, stopped: true } : { clusterId, outcome };
});
