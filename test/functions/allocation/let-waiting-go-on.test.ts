import { expect, test } from 'vitest';
import type { LifecycleAction } from '#adapters/aws/auto-scaling/complete-lifecycle-action.ts';
import { letWaitingGoOn } from '#functions/allocation/let-waiting-go-on.ts';
import { enrolledGroup } from '#functions/groups/enrolled-group.ts';

test('an instance whose event was lost goes on at the next tick, in the hook that it waits in', async () => {
  const states = ['InService', 'Pending:Wait', 'Terminating:Wait', 'Pending:Proceed'];
  const group = enrolledGroup(
    {
      AutoScalingGroupName: 'shop',
      MinSize: 1,
      MaxSize: 4,
      DesiredCapacity: 2,
      DefaultCooldown: 300,
      AvailabilityZones: [],
      HealthCheckType: 'EC2',
      CreatedTime: new Date(0),
      Tags: [{ Key: 'foreprint:mode', Value: 'observe' }],
      Instances: states.map((LifecycleState, k) => ({
        InstanceId: `i-${k}`,
        LifecycleState: LifecycleState as 'InService',
        AvailabilityZone: 'a',
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: false,
      })),
    },
    'observe',
  );
  const completed: LifecycleAction[] = [];
  const completeLifecycleAction = async (action: LifecycleAction) => {
    completed.push(action);
    return 'completed' as const;
  };
  await letWaitingGoOn({ completeLifecycleAction }, group!);
  expect(completed).toEqual([
    { applicationId: 'shop', hook: 'foreprint-launching', instanceId: 'i-1' },
    { applicationId: 'shop', hook: 'foreprint-terminating', instanceId: 'i-2' },
  ]);
});
