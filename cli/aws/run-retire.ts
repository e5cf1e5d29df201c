import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { FloorStore } from '#adapters/aws/auto-scaling/floor-record.ts';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import { findDeployment, listDeployments } from '#cli/aws/account/find-deployment.ts';
import { withAccount, type AwsAccount } from '#cli/aws/account/open-account.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { applyPlans, showPlans } from './enrolment/apply-plans.ts';
import { outcomeLines, throwFailures } from './enrolment/outcome-lines.ts';
import { planRetirement, type ForgottenStores } from './enrolment/plan-retirement.ts';
import { splitNames } from './services/find-services.ts';
import { planServiceRetirement } from './services/plan-service-retirement.ts';

export interface RetireOptions {
  readonly names: readonly string[];
  readonly region: string | undefined;
  readonly stack: string | undefined;
  readonly forget: boolean;
  readonly dryRun: boolean;
  readonly json: string | undefined;
}

/**
 * Retires groups and services. What their minimums were is known to the deployments of the region; without one
 * they stay as they are.
 */
export async function runRetire(
  { print, clock }: CommandContext,
  options: RetireOptions,
): Promise<void> {
  const { dryRun, json, names } = options;
  await withOutputs({ json }, (outputs) =>
    withAccount(options.region, async (account) => {
      const forget = options.forget ? await storesOf(account, options.stack) : null;
      const retirement = {
        floors: await floorsOf(account, options.stack),
        forget,
        nowSeconds: clock.nowSeconds,
      };
      const named = splitNames(names);
      const plans = [
        ...(await planRetirement(account.autoScaling, named.groups, retirement)),
        ...(await planServiceRetirement(account.call, named.services, retirement)),
      ];
      const groups = dryRun ? showPlans(plans) : await applyPlans(plans, awsFailureText);
      await outputs.json?.write(jsonText({ region: account.region, dryRun, groups }));
      const nothing = 'is not enrolled, nothing to change';
      groups.flatMap((group) => outcomeLines(group, { dryRun, nothing })).forEach(print);
      throwFailures(groups);
    }),
  );
}

/** What the deployments of the region, or the named one, remember of groups' minimums. */
async function floorsOf(
  { client }: AwsAccount,
  stack: string | undefined,
): Promise<readonly FloorStore[]> {
  const deployments = await listDeployments(new SSMClient(client));
  const dynamodb = new DynamoDBClient(client);
  const asked = deployments.filter((one) => stack === undefined || one.stack === stack);
  const tables = new Set(asked.map(({ table }) => table));
  return [...tables].map((table) => createDynamodbFloorStore({ client: dynamodb, table }));
}

async function storesOf(
  { client, region }: AwsAccount,
  stack: string | undefined,
): Promise<ForgottenStores> {
  const deployment = await findDeployment(new SSMClient(client), region, stack);
  const dynamodb = new DynamoDBClient(client);
  const isTimestream = deployment.historyStore === 'timestream';
  const names = isTimestream ? [deployment.table] : [deployment.history, deployment.table];
  return {
    tables: names.map((table) => ({ client: dynamodb, table })),
    retentionNotice: isTimestream
      ? `Timestream cannot delete records: ${deployment.history} keeps its history until the retention is over`
      : null,
  };
}
