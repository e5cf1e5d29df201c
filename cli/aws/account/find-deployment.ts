import type { SSMClient } from '@aws-sdk/client-ssm';
import { readParameters } from '#adapters/aws/read-parameters.ts';
import {
  DEPLOYMENTS_PATH,
  deploymentSchema,
  type DeploymentRecord,
} from '#cdk/configuration/deployment.ts';
import { UsageError } from '#cli/context/usage-error.ts';

/** A stack of this region and the settings it was deployed with. */
export interface Deployment extends DeploymentRecord {
  readonly stack: string;
}

/** Every deployment in the client's region, by the name of its stack. */
export async function listDeployments(ssm: SSMClient): Promise<readonly Deployment[]> {
  const records = await readParameters(ssm, DEPLOYMENTS_PATH);
  return [...records].map(([stack, text]) => ({ stack, ...parseRecord(stack, text) }));
}

/**
 * The deployment in the client's region: the named one, or the only one.
 * @throws UsageError if there is none, or if there are several and none was named.
 */
export async function findDeployment(
  ssm: SSMClient,
  region: string,
  stack: string | undefined,
): Promise<Deployment> {
  const all = await listDeployments(ssm);
  const names = all.map((deployment) => deployment.stack).sort();
  const matching = all.filter((deployment) => stack === undefined || deployment.stack === stack);
  const [only] = matching;
  if (only === undefined) {
    const others = names.length === 0 ? '' : `; deployed there: ${names.join(', ')}`;
    const what = stack === undefined ? 'Foreprint' : `a stack "${stack}" of Foreprint`;
    throw new UsageError(`${what} is not deployed in ${region}${others}; "npx cdk deploy" does it`);
  }
  if (matching.length > 1) {
    throw new UsageError(
      `several stacks are deployed in ${region}: choose with --stack ${names.join('|')}`,
    );
  }
  return only;
}

function parseRecord(stack: string, text: string): DeploymentRecord {
  const result = deploymentSchema.safeParse(jsonOf(text));
  if (result.success) return result.data;
  throw new UsageError(
    `stack ${stack} was deployed by another version of Foreprint; "npx cdk deploy" with this one`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
