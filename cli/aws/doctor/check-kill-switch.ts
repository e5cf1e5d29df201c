import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import { finding, type Finding } from './finding.ts';

/**
 * Whether the kill switch lets a deployment act.
 * @throws what the SDK throws, also where the parameter is gone.
 */
export async function checkKillSwitch(
  ssm: SSMClient,
  { killSwitch }: Pick<Deployment, 'killSwitch'>,
): Promise<Finding> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: killSwitch }));
  const value = Parameter?.Value ?? '';
  if (value === 'run') return finding('kill switch', 'ok', `${killSwitch} says "run"`);
  return finding(
    'kill switch',
    'warning',
    `${killSwitch} says "${value}": every action is stopped`,
    `aws ssm put-parameter --name ${killSwitch} --value run --overwrite`,
  );
}
