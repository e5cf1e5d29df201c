import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { finding, type Finding } from './finding.ts';

/**
 * Reports whose credentials are in use; needs no permission.
 * @throws whatever the SDK throws if AWS rejects them.
 */
export async function checkAccount({ client, region }: AwsAccount): Promise<Finding> {
  const { Account, Arn } = await new STSClient(client).send(new GetCallerIdentityCommand({}));
  return finding('credentials', 'ok', `account ${Account} in ${region}, as ${Arn}`);
}
