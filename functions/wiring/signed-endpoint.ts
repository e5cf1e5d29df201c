import { fromEnv } from '@aws-sdk/credential-provider-env';
import type { SignedEndpoint } from '#adapters/aws/signed-post.ts';

/** Endpoint and credentials for calls without an SDK client. */
export function signedEndpoint(
  service: 'EC2' | 'CLOUDWATCH' | 'ECS' | 'APPLICATION_AUTO_SCALING',
): SignedEndpoint {
  return {
    region: process.env['AWS_REGION'] ?? '',
    credentials: fromEnv(),
    endpoint: process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env['AWS_ENDPOINT_URL'],
  };
}
