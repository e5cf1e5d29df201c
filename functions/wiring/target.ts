import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { settings } from '#functions/environment/environment.ts';
import { autoScaling } from './auto-scaling.ts';
import { instanceCapacity } from './instance-capacity.ts';

/** The Auto Scaling groups of this account and region. */
export const target = createAutoScalingTarget({
  client: autoScaling,
  capacityOf: instanceCapacity(settings),
});
