import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { describeInstanceTypes } from '#adapters/aws/instance-types/describe-instance-types.ts';
import { parseInstanceTypes } from '#adapters/aws/instance-types/parse-instance-types.ts';
import { listen } from '#test/emulators/listen.ts';
import { readBody } from '#test/emulators/read-body.ts';

/** EC2's answer for m7i.large, shortened to what is read and what could be mistaken for it. */
const M7I_LARGE = `<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstanceTypesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <instanceTypeSet><item>
    <instanceType>m7i.large</instanceType>
    <vCpuInfo><defaultCores>1</defaultCores><defaultVCpus>2</defaultVCpus></vCpuInfo>
    <memoryInfo><sizeInMiB>8192</sizeInMiB></memoryInfo>
    <ebsInfo><ebsOptimizedInfo>
      <baselineBandwidthInMbps>650</baselineBandwidthInMbps>
      <baselineThroughputInMBps>81.25</baselineThroughputInMBps>
      <maximumThroughputInMBps>1250.0</maximumThroughputInMBps>
    </ebsOptimizedInfo></ebsInfo>
    <networkInfo><networkCards><item>
      <baselineBandwidthInGbps>0.781</baselineBandwidthInGbps>
      <peakBandwidthInGbps>12.5</peakBandwidthInGbps>
    </item></networkCards></networkInfo>
  </item></instanceTypeSet>
</DescribeInstanceTypesResponse>`;

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

async function ec2(status: number, answer: string) {
  const requests: { readonly message: IncomingMessage; readonly body: string }[] = [];
  const server = createServer((message, response) => {
    void readBody(message).then((body) => {
      requests.push({ message, body: body.toString() });
      response.writeHead(status).end(answer);
    });
  });
  open.push(() => server.close());
  const endpoint = await listen(server);
  const credentials = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  };
  return { requests, endpoint: { region: 'eu-central-1', credentials, endpoint } };
}

describe('instance types', () => {
  test('are read from the XML of one signed request', async () => {
    const { requests, endpoint } = await ec2(200, M7I_LARGE);
    const types = await describeInstanceTypes(endpoint, ['m7i.large']);
    expect(types.get('m7i.large')).toEqual({
      cpu: 2,
      memory: 8 * 2 ** 30,
      disk: 81.25e6,
      network: 0.781e9 / 8,
    });
    const [{ message, body }] = requests as [(typeof requests)[number]];
    expect(body).toBe('Action=DescribeInstanceTypes&Version=2016-11-15&InstanceType.1=m7i.large');
    expect(message.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/ec2\/aws4_request, SignedHeaders=content-type;host;.*Signature=[0-9a-f]{64}$/,
    );
    expect(message.headers['x-amz-security-token']).toBe('token');
  });

  test('are read whatever the order of an answer’s elements', () => {
    const item = (type: string, disk: number, cards: string) =>
      `<item><ebsInfo><ebsOptimizedInfo><baselineThroughputInMBps>${disk}</baselineThroughputInMBps></ebsOptimizedInfo></ebsInfo>` +
      `<networkInfo>${cards}</networkInfo><vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo>` +
      `<instanceType>${type}</instanceType><memoryInfo><sizeInMiB>1024</sizeInMiB></memoryInfo></item>`;
    const card = '<item><baselineBandwidthInGbps>1</baselineBandwidthInGbps></item>';
    const answer = (...items: readonly string[]) =>
      `<DescribeInstanceTypesResponse><instanceTypeSet>${items.join('')}</instanceTypeSet></DescribeInstanceTypesResponse>`;
    const types = parseInstanceTypes(
      answer(
        item('a1.large', 50, `<networkCards>${card}${card}</networkCards>`),
        item('b1.large', 100, '<networkCards/>'),
      ),
    );
    const same = { cpu: 2, memory: 2 ** 30 };
    expect(types.get('a1.large')).toEqual({ ...same, disk: 50e6, network: 2.5e8 });
    expect(types.get('b1.large')).toEqual({ ...same, disk: 100e6, network: null });
    expect(parseInstanceTypes(answer('')).size).toBe(0);
  });

  test('that EC2 rejects give an error with its code', async () => {
    const { endpoint } = await ec2(
      400,
      '<Response><Errors><Error><Code>InvalidInstanceType</Code>',
    );
    await expect(describeInstanceTypes(endpoint, ['m0.tiny'])).rejects.toThrow(
      /m0\.tiny: EC2 answered 400: InvalidInstanceType/,
    );
  });
});
