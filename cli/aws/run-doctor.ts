import { SSMClient } from '@aws-sdk/client-ssm';
import { awsFailureText, explainAwsFailure } from '#cli/aws/account/aws-failure.ts';
import { findDeployment, type Deployment } from '#cli/aws/account/find-deployment.ts';
import { openAccount, type AwsAccount } from '#cli/aws/account/open-account.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { checkAccount } from './doctor/check-account.ts';
import { checkGroups } from './doctor/check-groups.ts';
import { checkKillSwitch } from './doctor/check-kill-switch.ts';
import { checkQuotas } from './doctor/check-quotas.ts';
import { checkTimestream } from './doctor/check-timestream.ts';
import { findingLines, throwFailed } from './doctor/finding-lines.ts';
import { finding, type Finding } from './doctor/finding.ts';
import { checkServices } from './services/check-services.ts';
import { splitNames } from './services/find-services.ts';

export interface DoctorOptions {
  readonly names: readonly string[];
  readonly region: string | undefined;
  readonly stack: string | undefined;
  readonly json: string | undefined;
}

/** Runs all checks and prints the commands to run; throws if a check fails. */
export async function runDoctor(context: CommandContext, options: DoctorOptions): Promise<void> {
  const nowSeconds = context.clock.nowSeconds();
  await withOutputs({ json: options.json }, async (outputs) => {
    const findings = await examine(options, nowSeconds);
    await outputs.json?.write(jsonText({ findings }));
    findings.flatMap(findingLines).forEach(context.print);
    throwFailed(findings);
  });
}

async function examine(options: DoctorOptions, nowSeconds: number): Promise<readonly Finding[]> {
  let account: AwsAccount;
  let credentials: Finding;
  try {
    account = await openAccount(options.region);
    credentials = await checkAccount(account);
  } catch (error) {
    // Without credentials nothing else can be checked.
    return [finding('credentials', 'failed', awsFailureText(error), 'aws configure')];
  }
  const ssm = new SSMClient(account.client);
  const { deployment, findings: deployed } = await checkDeployment(ssm, account, options.stack);
  const timestream = await settled('timestream', [
    checkTimestream(account, deployment?.historyStore),
  ]);
  const named = splitNames(options.names);
  const isAll = options.names.length === 0;
  const groups =
    isAll || named.groups.length > 0
      ? await checkGroups(account, { names: named.groups, nowSeconds }, deployment).catch(
          (error: unknown) => [finding('groups', 'failed', awsFailureText(error))],
        )
      : [];
  const services = await checkServices(
    account,
    { names: isAll ? null : named.services, nowSeconds },
    deployment,
  );
  const quotas = await checkQuotas(account);
  return [credentials, ...deployed, ...timestream, ...quotas, ...groups, ...services];
}

async function checkDeployment(
  ssm: SSMClient,
  { region }: AwsAccount,
  stack: string | undefined,
): Promise<{ readonly deployment?: Deployment; readonly findings: readonly Finding[] }> {
  try {
    const deployment = await findDeployment(ssm, region, stack);
    const { stack: name, mode, historyStore } = deployment;
    const text = `stack ${name}, mode ${mode}, history in ${historyStore}`;
    const killSwitch = await settled('kill switch', [checkKillSwitch(ssm, deployment)], 'failed');
    return { deployment, findings: [finding('deployment', 'ok', text), ...killSwitch] };
  } catch (error) {
    const isAbsent = explainAwsFailure(error) instanceof UsageError;
    const run = isAbsent ? 'npx cdk deploy' : null;
    return { findings: [finding('deployment', 'failed', awsFailureText(error), run)] };
  }
}

/** Findings of checks. A check that throws becomes a finding too. */
async function settled(
  check: string,
  checks: readonly Promise<Finding>[],
  status: 'unknown' | 'failed' = 'unknown',
): Promise<readonly Finding[]> {
  return Promise.all(
    checks.map((one) =>
      one.catch((error: unknown) => finding(check, status, awsFailureText(error))),
    ),
  );
}
