import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces the SDK's default chain of credential providers in the bundles. Lambda provides
 * credentials in the environment, and the other providers (profiles, single sign-on, instance
 * metadata) are large.
 */
export const defaultProvider = () => fromEnv();
