import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '#test/emulators/listen.ts';
import { runInProcess } from './run-in-process.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
const REGION = { AWS_REGION: 'eu-west-1' };

describe('errors of an account', () => {
  it.each([
    ['no credentials', REGION, ['enrol', 'shop'], /^no AWS credentials found; "aws configure"/],
    ['no region', KEYS, ['retire', 'shop'], /^no AWS region; give --region/],
    ['no such region', KEYS, ['plan', 'shop', '--region', 'Paris'], /^"Paris" is no AWS region$/],
    ['an empty region', KEYS, ['plan', 'shop', '--region', ''], /^--region: is empty$/],
    [
      'an unknown mode',
      KEYS,
      ['enrol', 'shop', '--mode', 'act'],
      /^--mode: must be one of observe/,
    ],
    [
      'a type no tag can hold',
      KEYS,
      ['enrol', 'shop', '--type', 'a|b'],
      /^--type: is not a valid value/,
    ],
    ['a name without letters', KEYS, ['retire', ' '], /^a group has an empty name$/],
    ['a week', KEYS, ['plan', 'shop', '--days', '7'], /^--days: "7" is not a whole number of at/],
    ['a year', KEYS, ['plan', 'shop', '--days', '365'], /^--days: CloudWatch keeps/],
    ['no price', KEYS, ['plan', 'shop', '--price', 'much'], /^--price: is not a price$/],
  ] as const)('%s is wrong use: one line, status 2', async (_, variables, args, message) => {
    const found = await runInProcess(variables, ...args);
    expect(found).toMatchObject({ status: 2, lines: [] });
    expect(found.message).toMatch(message);
  });

  it('uses the region variable of the aws command', async () => {
    const variables = { ...KEYS, AWS_DEFAULT_REGION: 'Nowhere' };
    expect((await runInProcess(variables, 'enrol', 'shop')).message).toContain('"Nowhere"');
  });

  it('reports that AWS cannot be reached', async () => {
    const variables = { ...KEYS, ...REGION, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const { status, message } = await runInProcess(variables, 'retire', 'shop');
    expect(status).toBe(1);
    expect(message).toMatch(/^AWS cannot be reached: connect ECONNREFUSED/);
  });
});

describe('errors of SSM', () => {
  /** Errors that the next requests get; after them there are no parameters. */
  let errors: string[] = [];
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    const error = errors.shift();
    const answer = error ? { __type: error, message: `${error} it is` } : { Parameters: [] };
    response
      .writeHead(error ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answer));
  });
  let endpoint = '';
  beforeAll(async () => {
    endpoint = await listen(server);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const enrolAfter = (...faults: readonly string[]) => {
    errors = [...faults];
    requests = 0;
    return runInProcess({ ...KEYS, ...REGION, AWS_ENDPOINT_URL: endpoint }, 'enrol', 'shop');
  };

  it('retries when it is throttled', async () => {
    const { message } = await enrolAfter('ThrottlingException', 'ThrottlingException');
    expect(message).toMatch(/^Foreprint is not deployed in eu-west-1/);
    expect(requests).toBe(3);
  });

  it.each([
    ['ExpiredTokenException', 'AWS rejects these credentials: ExpiredTokenException'],
    ['AccessDeniedException', 'not allowed: AccessDeniedException it is'],
    ['ValidationException', 'ValidationException it is'],
  ])('says what %s means', async (error, message) => {
    const found = await enrolAfter(error);
    expect(found.status).toBe(1);
    expect(found.message).toContain(message);
    expect(requests).toBe(1);
  });
});
