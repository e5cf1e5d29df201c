import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';

export const autoScaling = new AutoScalingClient();
