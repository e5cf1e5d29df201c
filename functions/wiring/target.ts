import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { settings } from '#functions/environment/environment.ts';
import { claimSource } from './floors.ts';
import { instanceCapacity } from './instance-capacity.ts';

/** The Auto Scaling groups of this account and region. */
export const target = createAutoScalingTarget({
  ...claimSource,
  capacityOf: instanceCapacity(settings),
});
