import { parse } from '@aws-lambda-powertools/parser';
import { configuration } from '#functions/environment/environment.ts';
import { planEventSchema } from './events/training-events.ts';
import { listEnrolled } from './groups/list-enrolled.ts';
import { toleratedPercentage } from './training/tolerated-percentage.ts';
import { scalingClients } from './wiring/auto-scaling.ts';
import { instrument } from './wiring/instruments.ts';
import { writeRunFile } from './wiring/run-files.ts';
import { killSwitch } from './wiring/switch.ts';

/**
 * First step of a training run: lists the enrolled applications. The list is empty while the kill
 * switch is not "run".
 */
export const handler = instrument('plan-training', async (event: unknown) => {
  const { run, toleratedFailurePercentage } = parse(event, undefined, planEventSchema);
  const mayAct = await killSwitch.mayAct();
  const groups = mayAct ? await listEnrolled(scalingClients, configuration) : [];
  const key = `runs/lists/${run}.json`;
  await writeRunFile(
    key,
    groups.map(({ applicationId }) => applicationId),
  );
  const tolerated = toleratedPercentage(groups.length, toleratedFailurePercentage);
  return { key, applications: groups.length, tolerated };
});
