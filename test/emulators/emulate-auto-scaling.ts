import { AutoScalingClient, AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { answerCommands, type SentCommand } from './answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from './loopback-credentials.ts';

export interface EmulatedGroup {
  minSize: number;
  maxSize: number;
  desired: number;
  readonly tags: Map<string, string>;
  readonly instances: { readonly type: string; readonly state: string; readonly id?: string }[];
  deleting?: boolean;
  /** Scheduled actions, as the SDK has them. */
  readonly scheduled?: readonly object[];
  /** Instances of the warm pool; there is none without them. */
  readonly warm?: readonly {
    readonly type: string;
    readonly state: string;
    readonly id?: string;
  }[];
}

export interface EmulatedAutoScaling {
  readonly client: AutoScalingClient;
  readonly groups: Map<string, EmulatedGroup>;
  /** Tokens of lifecycle actions that wait. */
  readonly waiting: Set<string>;
  readonly sent: SentCommand[];
  /** Thrown instead of the answer to the next command of that name. */
  readonly faults: Map<string, Error>;
}

/** An error as the SDK makes it of Auto Scaling's answer. */
export function autoScalingError(name: string, message: string): AutoScalingServiceException {
  return new AutoScalingServiceException({ name, message, $fault: 'client', $metadata: {} });
}

const invalid = (message: string) => autoScalingError('ValidationError', message);

/** Auto Scaling as far as Foreprint uses it, with the service's own refusals. */
export function emulateAutoScaling(): EmulatedAutoScaling {
  const client = new AutoScalingClient(LOOPBACK_CREDENTIALS);
  const emulated: EmulatedAutoScaling = {
    client,
    groups: new Map(),
    waiting: new Set(),
    sent: [],
    faults: new Map(),
  };
  answerCommands(client, (command) => {
    emulated.sent.push(command);
    const fault = emulated.faults.get(command.name);
    emulated.faults.delete(command.name);
    if (fault) throw fault;
    const act = ACTIONS[command.name];
    if (!act) throw autoScalingError('InvalidAction', command.name);
    return act(emulated, command.input) ?? {};
  });
  return emulated;
}

type Input = SentCommand['input'];

function groupNamed({ groups }: EmulatedAutoScaling, name: unknown): EmulatedGroup {
  const group = groups.get(String(name));
  if (!group) throw invalid(`AutoScalingGroup name not found - null`);
  return group;
}

interface WireTag {
  readonly ResourceId: string;
  readonly Key: string;
  readonly Value: string;
}

const ACTIONS: Readonly<
  Record<string, (emulated: EmulatedAutoScaling, input: Input) => object | undefined>
> = {
  DescribeAutoScalingGroupsCommand: ({ groups }, input) => {
    const names = (input['AutoScalingGroupNames'] ?? [...groups.keys()]) as readonly string[];
    const filters = (input['Filters'] ?? []) as readonly { readonly Values: readonly string[] }[];
    const found = names.flatMap((name) => {
      const group = groups.get(name);
      if (!group || !filters.every(({ Values }) => Values.some((tag) => group.tags.has(tag)))) {
        return [];
      }
      return [describe(name, group)];
    });
    return { AutoScalingGroups: found };
  },
  DescribeScheduledActionsCommand: ({ groups }, input) => {
    const name = input['AutoScalingGroupName'];
    const named = [...groups].filter(([group]) => name === undefined || group === name);
    return {
      ScheduledUpdateGroupActions: named.flatMap(([AutoScalingGroupName, { scheduled = [] }]) =>
        scheduled.map((action) => ({ ...action, AutoScalingGroupName })),
      ),
    };
  },
  // No group here has a policy of its own.
  DescribePoliciesCommand: () => ({ ScalingPolicies: [] }),
  DescribeWarmPoolCommand: (emulated, input) => ({
    Instances: (groupNamed(emulated, input['AutoScalingGroupName']).warm ?? []).map(wireInstance),
  }),
  SetDesiredCapacityCommand: (emulated, input) => {
    const group = groupNamed(emulated, input['AutoScalingGroupName']);
    const desired = Number(input['DesiredCapacity']);
    if (desired > group.maxSize) {
      throw invalid(`New SetDesiredCapacity value ${desired} is above max value`);
    }
    if (desired < group.minSize) {
      throw invalid(`New SetDesiredCapacity value ${desired} is below min value`);
    }
    group.desired = desired;
    return undefined;
  },
  UpdateAutoScalingGroupCommand: (emulated, input) => {
    const group = groupNamed(emulated, input['AutoScalingGroupName']);
    const minSize = Number(input['MinSize']);
    if (minSize > group.maxSize) {
      throw invalid('Max bound must be greater than or equal to min bound');
    }
    group.minSize = minSize;
    group.desired = Math.max(group.desired, minSize);
    return undefined;
  },
  CreateOrUpdateTagsCommand: (emulated, input) => {
    for (const { ResourceId, Key, Value } of input['Tags'] as readonly WireTag[]) {
      groupNamed(emulated, ResourceId).tags.set(Key, Value);
    }
    return undefined;
  },
  DeleteTagsCommand: (emulated, input) => {
    for (const { ResourceId, Key } of input['Tags'] as readonly WireTag[]) {
      groupNamed(emulated, ResourceId).tags.delete(Key);
    }
    return undefined;
  },
  CompleteLifecycleActionCommand: (emulated, input) => {
    groupNamed(emulated, input['AutoScalingGroupName']);
    const token = String(input['LifecycleActionToken']);
    if (emulated.waiting.delete(token)) return undefined;
    throw invalid(`No active Lifecycle Action found with token ${token}`);
  },
};

function wireInstance({ type, state, id }: EmulatedGroup['instances'][number]): object {
  return {
    ...(id !== undefined && { InstanceId: id }),
    InstanceType: type,
    LifecycleState: state,
  };
}

function describe(name: string, group: EmulatedGroup): object {
  return {
    AutoScalingGroupName: name,
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desired,
    Tags: [...group.tags].map(([Key, Value]) => ({ ResourceId: name, Key, Value })),
    Instances: group.instances.map(wireInstance),
    ...(group.warm && { WarmPoolConfiguration: {} }),
    ...(group.deleting && { Status: 'Delete in progress' }),
  };
}
