import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import { finding, type Finding } from './finding.ts';

/**
 * Checks whether the kill switch lets a deployment act.
 * @throws whatever the SDK throws, also if the parameter is missing.
 */
export async function checkKillSwitch(
  ssm: SSMClient,
  { killSwitch }: Pick<Deployment, 'killSwitch'>,
): Promise<Finding> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: killSwitch }));
  const value = Parameter?.Value ?? '';
  if (value === 'run') return finding('kill switch', 'ok', `${killSwitch} is "run"`);
  return finding(
    'kill switch',
    'warning',
    `${killSwitch} is "${value}": every action is stopped`,
    `aws ssm put-parameter --name ${killSwitch} --value run --overwrite`,
  );
}
