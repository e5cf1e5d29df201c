import { expect, it } from 'vitest';
import { signRequest } from '#adapters/aws/sign-request.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'token',
};
const sign = (body: string, path = '/workspaces/w/api/v1/query') =>
  signRequest({ region: 'eu-central-1', credentials: async () => credentials }, 'aps', {
    url: new URL(`https://aps-workspaces.eu-central-1.amazonaws.com${path}`),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

it('signs what is asked, for the service and region', async () => {
  const headers = await sign('query=up');
  expect(headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/aps\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
  );
  expect(headers).toMatchObject({ 'x-amz-security-token': 'token' });
  expect(headers).not.toHaveProperty('host');
  // The digest of the body, which the server compares.
  expect(headers['x-amz-content-sha256']).not.toBe(
    (await sign('query=down'))['x-amz-content-sha256'],
  );
});
