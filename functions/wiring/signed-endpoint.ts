import { fromEnv } from '@aws-sdk/credential-provider-env';
import type { SignedEndpoint } from '#adapters/aws/signed-post.ts';

/** Where a service without a client of its own is asked, as this function. */
export function signedEndpoint(service: 'EC2' | 'CLOUDWATCH'): SignedEndpoint {
  return {
    region: process.env['AWS_REGION'] ?? '',
    credentials: fromEnv(),
    endpoint: process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env['AWS_ENDPOINT_URL'],
  };
}
