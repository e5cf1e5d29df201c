import { SSMClient } from '@aws-sdk/client-ssm';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import { findDeployment } from '#cli/aws/account/find-deployment.ts';
import { withAccount } from '#cli/aws/account/open-account.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { applyPlans, showPlans } from './enrolment/apply-plans.ts';
import { outcomeLines, throwFailures } from './enrolment/outcome-lines.ts';
import { planEnrolment, type EnrolmentRequest } from './enrolment/plan-enrolment.ts';
import { splitNames } from './services/find-services.ts';
import { planServiceEnrolment } from './services/plan-service-enrolment.ts';

export interface EnrolOptions extends EnrolmentRequest {
  readonly region: string | undefined;
  readonly stack: string | undefined;
  readonly dryRun: boolean;
  readonly json: string | undefined;
}

/** Enrols groups and services. Nothing is changed if one name is wrong. */
export async function runEnrol({ print }: CommandContext, options: EnrolOptions): Promise<void> {
  const { dryRun, json } = options;
  await withOutputs({ json }, (outputs) =>
    withAccount(options.region, async ({ region, client, autoScaling, call }) => {
      const deployment = await findDeployment(new SSMClient(client), region, options.stack);
      const { groups: names, services } = splitNames(options.names);
      const plans = [
        ...(await planEnrolment(autoScaling, { ...options, names }, deployment)),
        ...(await planServiceEnrolment(call, { ...options, names: services }, deployment)),
      ];
      const groups = dryRun ? showPlans(plans) : await applyPlans(plans, awsFailureText);
      await outputs.json?.write(jsonText({ region, stack: deployment.stack, dryRun, groups }));
      const nothing = 'is enrolled already, nothing to change';
      groups.flatMap((group) => outcomeLines(group, { dryRun, nothing })).forEach(print);
      throwFailures(groups);
    }),
  );
}
