import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CALL_LIMITS } from './call-limits.ts';
import { traced } from './instruments.ts';

export const autoScaling = traced(new AutoScalingClient(CALL_LIMITS));
