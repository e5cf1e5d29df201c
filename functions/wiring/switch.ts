import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { logger, traced } from './instruments.ts';
import { createKillSwitch } from './kill-switch.ts';

export const ssm = traced(new SSMClient(CALL_LIMITS));
const name = required(environment, 'FOREPRINT_SWITCH');

/** The kill switch of this deployment. */
export const killSwitch = createKillSwitch(
  async () => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value,
  () => Date.now(),
  (error) => logger.error('the kill switch cannot be read', error as Error),
);
