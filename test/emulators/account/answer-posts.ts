import type { CallGate } from './box-call.ts';

/** An instance type as EC2 describes it. */
export interface DescribedType {
  readonly name: string;
  readonly cores: number;
  readonly memoryMib: number;
}

/**
 * Answers what functions ask without an SDK client: EC2 for instance types, CloudWatch for the
 * account's quota, which it does not know. Slack takes every message.
 * @returns a function that gives `fetch` back.
 */
export function answerPosts(types: readonly DescribedType[], gate: CallGate): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = async (_, request) => {
    const body = typeof request?.body === 'string' ? request.body : '';
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
