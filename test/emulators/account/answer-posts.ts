import { ECS_ACTIONS, type EmulatedService } from '#test/emulators/emulate-ecs.ts';
import type { CallGate } from './box-call.ts';

/** An instance type as EC2 describes it. */
export interface DescribedType {
  readonly name: string;
  readonly cores: number;
  readonly memoryMib: number;
}

/**
 * Answers what functions ask without an SDK client: EC2 for instance types, ECS and Application Auto
 * Scaling for services, CloudWatch for the account's quota, which it does not know. Slack takes every message.
 * @returns a function that gives `fetch` back.
 */
export function answerPosts(
  types: readonly DescribedType[],
  gate: CallGate,
  ecs: Map<string, EmulatedService>,
): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = async (_, request) => {
    const headers = request?.headers as Readonly<Record<string, string>> | undefined;
    const target = headers?.['x-amz-target'] ?? '';
    const body = typeof request?.body === 'string' ? request.body : '';
    const [, service, action = ''] = SERVICES.exec(target) ?? [];
    if (service !== undefined) {
      const input = JSON.parse(body) as Record<string, unknown>;
      return answerEcs(ecs, { service, action, input }, gate);
    }
    if (body.includes('DescribeInstanceTypes')) {
      gate.pass({ action: 'ec2:DescribeInstanceTypes', input: {} });
      return new Response(describe(types, body));
    }
    if (body.includes('MetricDataQueries')) {
      gate.pass({ action: 'cloudwatch:GetMetricData', input: {} });
    }
    return Response.json({ MetricDataResults: [] });
  };
  return () => void (globalThis.fetch = fetch);
}

/** Prefixes of the header that names an action of ECS or of Application Auto Scaling. */
const SERVICES = /^(AmazonEC2ContainerService|AnyScaleFrontendService).*\.(\w+)$/;

function answerEcs(
  ecs: Map<string, EmulatedService>,
  asked: { service: string; action: string; input: Record<string, unknown> },
  gate: CallGate,
): Response {
  const { action, input } = asked;
  const service = asked.service.startsWith('Any') ? 'application-autoscaling' : 'ecs';
  try {
    gate.pass({ action: `${service}:${action}`, input });
    const answer = ECS_ACTIONS[action];
    if (!answer) throw new Error(`the account in a box does not answer ${action}`);
    return Response.json(answer(ecs, input) ?? {});
  } catch (error) {
    const { name, message } = error as Error;
    return Response.json({ __type: name, message }, { status: 400 });
  }
}

function describe(types: readonly DescribedType[], body: string): string {
  const asked = [...new URLSearchParams(body).values()];
  const items = types
    .filter(({ name }) => asked.includes(name))
    .map(
      ({ name, cores, memoryMib }) =>
        `<item><instanceType>${name}</instanceType>` +
        `<vCpuInfo><defaultVCpus>${cores}</defaultVCpus></vCpuInfo>` +
        `<memoryInfo><sizeInMiB>${memoryMib}</sizeInMiB></memoryInfo></item>`,
    );
  return `<DescribeInstanceTypesResponse><instanceTypeSet>${items.join('')}</instanceTypeSet></DescribeInstanceTypesResponse>`;
}
