import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { foreignOwner, foreignSentence } from '#adapters/aws/auto-scaling/foreign-owner.ts';
import { listTagged } from '#adapters/aws/auto-scaling/list-tagged.ts';
import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import { memoryMetricOf } from '#adapters/aws/cloudwatch/memory-metric.ts';
import { probeGroups } from '#adapters/aws/cloudwatch/probe-groups.ts';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { parseExpectTags } from '#cdk/configuration/expect-tags.ts';
import { MEMORY_TAG, MODE_TAG, MONITORING_TAG } from '#cdk/configuration/group-tags.ts';
import { modeNamed, MODES } from '#cdk/configuration/modes.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { inServiceOf } from '#cli/aws/plan/planned-group.ts';
import { eachLimited } from '#core/domain/each-limited.ts';
import { shellWord } from '#core/text/shell-word.ts';
import { burstableFinding } from './burstable-finding.ts';
import { checkHooks } from './check-hooks.ts';
import { checkPolicies } from './check-policies.ts';
import { finding, type Finding } from './finding.ts';
import { metricFindings } from './metric-findings.ts';

/** Groups whose hooks are read concurrently. */
const CONCURRENT_GROUPS = 8;

/**
 * Checks enrolment, hooks and metrics of the named groups, or of all enrolled groups. Also reports
 * groups that are no longer enrolled but still have a minimum that Foreprint raised.
 * @throws whatever the SDK throws if groups cannot be listed.
 */
export async function checkGroups(
  account: AwsAccount,
  { names, nowSeconds }: { readonly names: readonly string[]; readonly nowSeconds: number },
  deployment: Deployment | undefined,
): Promise<readonly Finding[]> {
  const { autoScaling } = account;
  const enrolled = (await listTagged(autoScaling, MODE_TAG)).filter(isAlive);
  const groups =
    names.length === 0
      ? new Map(enrolled.map((group) => [nameOf(group), group]))
      : await describeGroups(autoScaling, names);
  const findings: Finding[] = [countFinding(enrolled.length)];
  for (const name of names) if (!groups.has(name)) findings.push(missingFinding(name));
  for (const [name, group] of groups) {
    findings.push(enrolmentFinding(name, group, deployment), ...expectFindings(name, group));
    const burstable = burstableFinding(name, group);
    if (burstable) findings.push(burstable);
  }
  const tagged = [...groups].filter(([, group]) => tagOf(group, MODE_TAG) !== undefined);
  const hooks = tagged.map(([name]) => name);
  const failures = await eachLimited(hooks, CONCURRENT_GROUPS, async (name) => {
    findings.push(await checkHooks(autoScaling, name));
  });
  for (const { item: group, cause } of failures) {
    findings.push({ ...UNREAD, check: 'hooks', group, text: awsFailureText(cause) });
  }
  findings.push(...(await checkPolicies(autoScaling, tagged, deployment?.mode)));
  findings.push(...(await checkMetrics(account, [...groups], nowSeconds)));
  return [...findings, ...(await leftFloors(account, names))];
}

const UNREAD = { status: 'unknown', run: null } as const;

const isAlive = ({ Status }: AutoScalingGroup) => Status === undefined;
const nameOf = ({ AutoScalingGroupName }: AutoScalingGroup) => AutoScalingGroupName ?? '';
const tagOf = ({ Tags: tags = [] }: AutoScalingGroup, key: string) =>
  tags.find(({ Key }) => Key === key)?.Value;

function countFinding(count: number): Finding {
  if (count > 0) return finding('groups', 'ok', `enrolled: ${count}`);
  return finding('groups', 'warning', 'no group is enrolled', 'npx foreprint enrol NAME…');
}

function missingFinding(group: string): Finding {
  const text = 'there is no such Auto Scaling group in this region';
  return { check: 'enrolment', group, status: 'failed', text, run: null };
}

/** Whether a group, or a service in its words, is enrolled as it should be. */
export function enrolmentFinding(
  group: string,
  tagged: AutoScalingGroup,
  deployment: Deployment | undefined,
): Finding {
  const about = { check: 'enrolment', group };
  const run = `npx foreprint enrol ${shellWord(group)}`;
  const mode = tagOf(tagged, MODE_TAG);
  const owner = foreignOwner(tagged);
  if (owner !== null) {
    const retire = mode === undefined ? null : `npx foreprint retire ${shellWord(group)}`;
    return { ...about, status: 'failed', text: foreignSentence(group, owner), run: retire };
  }
  if (mode === undefined) return { ...about, status: 'failed', text: 'not enrolled', run };
  if (mode !== '' && modeNamed(mode) === null) {
    const text = `mode "${mode}" is not one of ${MODES.join(', ')}: the group is only observed`;
    return { ...about, status: 'warning', text, run: `${run} --mode observe` };
  }
  if (deployment && deployment.groups.length > 0 && !deployment.groups.includes(group)) {
    const text = `stack ${deployment.stack} manages only its configured groups, not this one`;
    return { ...about, status: 'failed', text, run: 'npx cdk deploy' };
  }
  const of = mode === '' ? `${deployment?.mode ?? 'unknown'}, the deployment's` : mode;
  return { ...about, status: 'ok', text: `mode ${of}`, run: null };
}

/** What its tags of expected events say that cannot be read. */
export function expectFindings(group: string, { Tags: tags = [] }: AutoScalingGroup): Finding[] {
  const pairs = tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return parseExpectTags(pairs, group).faults.map((text) => {
    return { check: 'expected events', group, status: 'failed', text, run: null };
  });
}

async function checkMetrics(
  { client }: AwsAccount,
  groups: readonly (readonly [string, AutoScalingGroup])[],
  nowSeconds: number,
): Promise<readonly Finding[]> {
  const probed = groups.map(([applicationId, group]) => {
    const taggedSeconds = tagOf(group, MONITORING_TAG) === '60' ? (60 as const) : (300 as const);
    const memoryMetric = memoryMetricOf(tagOf(group, MEMORY_TAG));
    const isWeighted = (group.Instances ?? []).some((instance) => weightOf(instance) !== 1);
    const instances = inServiceOf(group);
    return { applicationId, instances, taggedSeconds, memoryMetric, isWeighted };
  });
  try {
    const probes = await probeGroups(new CloudWatchClient(client), probed, nowSeconds);
    return probed.flatMap(({ applicationId: group, ...measured }) => {
      const probe = probes.get(group);
      return probe === undefined ? [] : metricFindings({ group, ...measured }, probe);
    });
  } catch (error) {
    return [finding('metrics', 'failed', `CloudWatch cannot be read: ${awsFailureText(error)}`)];
  }
}

async function leftFloors(
  { autoScaling }: AwsAccount,
  names: readonly string[],
): Promise<readonly Finding[]> {
  const floored = (await listTagged(autoScaling, FLOOR_TAG)).filter(isAlive);
  return floored
    .filter((group) => tagOf(group, MODE_TAG) === undefined)
    .filter((group) => names.length === 0 || names.includes(nameOf(group)))
    .map((group) => ({
      check: 'minimum',
      group: nameOf(group),
      status: 'failed',
      text: 'Foreprint raised its minimum, but the group is no longer enrolled',
      run: `npx foreprint retire ${shellWord(nameOf(group))}`,
    }));
}
