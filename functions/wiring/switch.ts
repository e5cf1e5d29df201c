import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { environment } from './environment.ts';
import { logger } from './instruments.ts';
import { createKillSwitch } from './kill-switch.ts';
import { required } from './read-environment.ts';

const ssm = new SSMClient();
const name = required(environment, 'FOREPRINT_SWITCH');

/** The kill switch of this deployment. */
export const killSwitch = createKillSwitch(
  async () => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value,
  () => Date.now(),
  (error) => logger.error('the kill switch cannot be read', error as Error),
);
