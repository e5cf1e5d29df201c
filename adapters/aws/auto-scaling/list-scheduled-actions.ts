import {
  paginateDescribeScheduledActions,
  type AutoScalingClient,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';

/**
 * The owners' scheduled actions of one group, or of every group of this account and region, by the
 * group's name. Groups without one are absent.
 * @throws whatever the SDK throws.
 */
export async function listScheduledActions(
  client: AutoScalingClient,
  group?: string,
): Promise<ReadonlyMap<string, readonly ScheduledUpdateGroupAction[]>> {
  const actions = new Map<string, ScheduledUpdateGroupAction[]>();
  const query = group === undefined ? {} : { AutoScalingGroupName: group };
  for await (const page of paginateDescribeScheduledActions({ client }, query)) {
    for (const action of page.ScheduledUpdateGroupActions ?? []) {
      const name = action.AutoScalingGroupName ?? '';
      actions.set(name, [...(actions.get(name) ?? []), action]);
    }
  }
  return actions;
}
