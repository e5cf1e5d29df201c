import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';

/** Throttling slows the calls down instead of failing them. */
export const autoScaling = new AutoScalingClient({ retryMode: 'adaptive' });
