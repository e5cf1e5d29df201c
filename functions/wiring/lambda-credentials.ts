import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of the SDK's default chain of credential providers in the bundles: Lambda hands credentials over in
 * the environment, and the other providers (profiles, single sign-on, instance metadata) are 100 kB of code.
 */
export const defaultProvider = () => fromEnv();
