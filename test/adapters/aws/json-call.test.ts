import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { createJsonCall } from '#adapters/aws/json-call.ts';
import { closeServer } from '#test/emulators/close-server.ts';
import { listen } from '#test/emulators/listen.ts';
import { readBody } from '#test/emulators/read-body.ts';

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const asked: Asked[] = [];
let answers: { readonly status: number; readonly body: string }[] = [];
const server = createServer((request, response) => {
  void readBody(request).then((body) => {
    asked.push({ headers: request.headers, body: body.toString() });
    const { status, body: text } = answers.shift() ?? { status: 200, body: '{}' };
    response.writeHead(status).end(text);
  });
});
afterAll(() => closeServer(server));

const endpoint = await listen(server);
const call = createJsonCall(() => ({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  endpoint,
}));
const refusal = (status: number, __type: string) => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.ecs#${__type}`, message: 'because' }),
});

it('names the action, and is signed for its service', async () => {
  asked.length = 0;
  answers = [{ status: 200, body: '{"services":[]}' }];
  expect(await call('ecs', 'DescribeServices', { cluster: 'shop' })).toEqual({ services: [] });
  const [{ headers, body }] = asked as [Asked];
  expect(headers['x-amz-target']).toBe('AmazonEC2ContainerServiceV20141113.DescribeServices');
  expect(headers['content-type']).toBe('application/x-amz-json-1.1');
  expect(headers.authorization).toContain('/eu-central-1/ecs/aws4_request');
  expect(JSON.parse(body)).toEqual({ cluster: 'shop' });
});

it('is repeated when it was throttled or the service failed', async () => {
  asked.length = 0;
  answers = [
    refusal(400, 'ThrottlingException'),
    { status: 503, body: 'unavailable' },
    { status: 200, body: '' },
  ];
  expect(await call('application-autoscaling', 'RegisterScalableTarget', {})).toEqual({});
  expect(asked).toHaveLength(3);
});

it('is not repeated when it was refused, and throws the service’s own name', async () => {
  asked.length = 0;
  answers = [refusal(400, 'ClusterNotFoundException')];
  await expect(call('ecs', 'DescribeServices', {})).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
    message: 'because',
  });
  expect(asked).toHaveLength(1);
});

it('is given up in the end', async () => {
  asked.length = 0;
  answers = Array.from({ length: 9 }, () => refusal(400, 'TooManyRequestsException'));
  await expect(call('ecs', 'DescribeServices', {})).rejects.toThrow('because');
  expect(asked).toHaveLength(4);
});
