import { Names } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface SlackChannelProps {
  readonly topic: ITopic;
  readonly workspaceId: string;
  readonly channelId: string;
}

/**
 * Sends incidents and alarms to a Slack channel through Amazon Q Developer in chat applications.
 * The workspace must first be connected in the console. The guardrail denies every action from the
 * channel: by default a channel has the guardrail of an administrator.
 */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, { topic, workspaceId, channelId }: SlackChannelProps) {
    super(scope, id);
    const guardrail = new ManagedPolicy(this, 'Guardrail', {
      description: 'Foreprint: nothing can be done in the account from the Slack channel',
      statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
    new SlackChannelConfiguration(this, 'Channel', {
      slackChannelConfigurationName: Names.uniqueResourceName(this, { maxLength: 64 }),
      slackWorkspaceId: workspaceId,
      slackChannelId: channelId,
      notificationTopics: [topic],
      guardrailPolicies: [guardrail],
    });
  }
}
