import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { MODE_TAG, TAG_PREFIX } from '#cdk/configuration/group-tags.ts';
import { applyPlans } from '#cli/aws/enrolment/apply-plans.ts';
import { planRetirement } from '#cli/aws/enrolment/plan-retirement.ts';
import type { AccountBox } from '#test/emulators/account/account-box.ts';
import { BOX_TABLES } from '#test/emulators/account/box-environment.ts';
import type { BoxGroup } from '#test/emulators/account/box-group.ts';
import type { BoxHandlers } from '#test/emulators/account/box-handlers.ts';

/** What the owner of a group wants, whatever else happens to it. */
export interface OwnerModel {
  readonly own: { min: number; max: number };
  /** Actions that IAM refuses now. */
  refused: readonly string[];
  isStopped: boolean;
  isTagged: boolean;
  isDeleted: boolean;
  /** Whether an action of the owner's schedule comes: nobody knows of it without being allowed to. */
  readonly isScheduled: boolean;
}

/** The account around the model. */
export interface OwnedGroup {
  readonly box: AccountBox;
  readonly handlers: BoxHandlers;
  readonly group: BoxGroup;
  /** Minimums that the group has had: what an owner sets by hand is none of them. */
  readonly seen: Set<number>;
}

export type OwnerCommand = fc.AsyncCommand<OwnerModel, OwnedGroup>;

/** Ticks of every function, and what decisions need to see them through. */
const SETTLE_MINUTES = 11;

/** Makes a command of what it does, with its own text. */
const command = (
  text: string,
  run: (model: OwnerModel, real: OwnedGroup) => Promise<void>,
  check: (model: Readonly<OwnerModel>) => boolean = () => true,
): OwnerCommand => ({
  check: (model) => !model.isDeleted && check(model),
  run,
  toString: () => text,
});

const minutesPass = (minutes: number): OwnerCommand =>
  command(`${minutes} minutes pass`, (_, { box, handlers }) => box.pass(minutes, handlers));

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
const tick = ({ box }: OwnedGroup): object => ({
  'detail-type': 'Scheduled Event',
  time: isoOf(box.nowSeconds),
});

async function flip(model: OwnerModel, real: OwnedGroup, position: string): Promise<void> {
  const { box, handlers } = real;
  box.stores.position = position;
  model.isStopped = position !== 'run';
  const event = { source: 'aws.ssm', 'detail-type': 'Parameter Store Change' };
  await box.call(handlers, 'allocate', { ...event, time: isoOf(box.nowSeconds) });
}

const ownerSizes = (min: number, max: number): OwnerCommand =>
  command(`the owner sets ${min} to ${max}`, async (model, { group, seen }) => {
    // A number that a floor has set cannot be told from it: see the record of decisions.
    if (seen.has(min)) return;
    group.world.group.update({ min, max });
    Object.assign(model.own, { min, max });
  });

const ownerDesired = (share: number): OwnerCommand =>
  command(`the owner sets ${share} of the room`, async (_, { group }) => {
    const { min, max } = group.world.group.sizes;
    group.world.group.update({ desired: min + Math.round(share * (max - min)) });
  });

const intoStandby = command('an instance goes to standby', async (_, { group }) => {
  const owned = group.world.group;
  const { instances, sizes } = owned;
  const serving = instances.find(({ state }) => state === 'InService');
  // A desired capacity at the minimum cannot be lowered: another is launched in its place.
  if (serving) owned.enterStandby(serving.id, sizes.desired > sizes.min);
});

const outOfStandby = command('an instance comes back from standby', async (_, { group }) => {
  const owned = group.world.group;
  const { instances, sizes } = owned;
  const waiting = instances.find(({ state }) => state === 'Standby');
  if (waiting && sizes.desired < sizes.max) owned.exitStandby(waiting.id);
});

const loseTag = command('the tag is lost', async (model, real) => {
  model.isTagged = false;
  real.group.tags.delete(MODE_TAG);
  await real.box.pass(SETTLE_MINUTES, real.handlers);
});

const retire = command(
  'the group is retired',
  async (model, { box, group }) => {
    const floors = createDynamodbFloorStore({
      client: new DynamoDBClient({}),
      table: BOX_TABLES.state,
    });
    const retirement = { floors: [floors], forget: null, nowSeconds: () => box.nowSeconds };
    const plans = await planRetirement(new AutoScalingClient({}), [group.name], retirement);
    const [outcome] = await applyPlans(plans, String);
    expect(outcome?.failure).toBeNull();
    model.isTagged = false;
    // At once, and whatever the switch says.
    expect(group.world.group.sizes.min).toBe(model.own.min);
    expect(group.world.group.hooks).toEqual([]);
    expect([...group.tags.keys()].filter((key) => key.startsWith(TAG_PREFIX))).toEqual([]);
  },
  ({ refused }) => refused.length === 0,
);

const turnSwitch = (position: string): OwnerCommand =>
  command(`the switch says ${position}`, (model, real) => flip(model, real, position));

const race = (names: readonly ('allocate' | 'giveBack' | 'monitor')[]): OwnerCommand =>
  command(`${names.join(', ')} at once`, async (_, real) => {
    const { box, handlers } = real;
    await Promise.all(names.map((name) => box.call(handlers, name, tick(real))));
  });

const refuse = (refused: readonly string[]): OwnerCommand =>
  command(
    `IAM refuses ${refused.join(', ')}`,
    async (model) => {
      model.refused = refused;
    },
    ({ isScheduled }) => !isScheduled,
  );

const deleteStack = command(
  'the stack is deleted',
  async (model, { box, handlers }) => {
    model.isDeleted = true;
    await box.call(handlers, 'giveBack', {
      RequestType: 'Delete',
      ResponseURL: 'https://cloudformation.test/answer',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'GiveBack',
    });
  },
  ({ refused }) => refused.length === 0,
);

const REFUSABLE = [
  'autoscaling:UpdateAutoScalingGroup',
  'autoscaling:SetDesiredCapacity',
  'autoscaling:CreateOrUpdateTags',
  'autoscaling:DeleteTags',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScheduledActions',
  'cloudwatch:GetMetricData',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'ssm:GetParameter',
];

/** Sequences of what can happen to a group. */
export const ownerCommands = fc.commands(
  [
    fc.integer({ min: 3, max: 25 }).map(minutesPass),
    fc.integer({ min: 3, max: 25 }).map(minutesPass),
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 6, max: 14 }))
      .map(([min, max]) => ownerSizes(min, max)),
    fc.constantFrom(0, 0.5, 1).map(ownerDesired),
    fc.constantFrom(intoStandby, outOfStandby),
    fc.constantFrom(loseTag, retire),
    fc.constantFrom('stop', 'run', 'run').map(turnSwitch),
    fc
      .array(fc.constantFrom('allocate', 'allocate', 'giveBack', 'monitor'), {
        minLength: 2,
        maxLength: 3,
      })
      .map(race),
    fc.subarray(REFUSABLE, { maxLength: 3 }).map(refuse),
    fc.constant(refuse([])),
    fc.constant(deleteStack),
  ],
  { maxCommands: 14, size: 'max' },
);
