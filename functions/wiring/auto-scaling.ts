import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { ScalingClients } from '#functions/groups/list-enrolled.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { traced } from './instruments.ts';
import { jsonCall } from './json-call.ts';

export const autoScaling = traced(new AutoScalingClient(CALL_LIMITS));

/** What lists and describes groups and services. */
export const scalingClients: ScalingClients = { client: autoScaling, call: jsonCall };
