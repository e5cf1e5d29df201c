import { Names } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { explain } from '#cdk/function/explain.ts';

/** What drawing the graph of an alarm takes. */
const READ_GRAPHS = ['cloudwatch:GetMetricWidgetImage', 'cloudwatch:GetMetricData'];

export interface SlackChannelProps {
  readonly topic: ITopic;
  readonly workspaceId: string;
  readonly channelId: string;
}

/**
 * Sends incidents and alarms to a Slack channel through Amazon Q Developer in chat applications.
 * The workspace must first be connected in the console. The guardrail denies every action from the
 * channel but the reading of graphs: by default a channel has the guardrail of an administrator.
 */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, { topic, workspaceId, channelId }: SlackChannelProps) {
    super(scope, id);
    const guardrail = new ManagedPolicy(this, 'Guardrail', {
      description: 'Foreprint: nothing can be done in the account from the Slack channel',
      statements: [
        // All but the picture of an alarm's metric, which the channel's role may read.
        new PolicyStatement({ effect: Effect.DENY, notActions: READ_GRAPHS, resources: ['*'] }),
      ],
    });
    const channel = new SlackChannelConfiguration(this, 'Channel', {
      slackChannelConfigurationName: Names.uniqueResourceName(this, { maxLength: 64 }),
      slackWorkspaceId: workspaceId,
      slackChannelId: channelId,
      notificationTopics: [topic],
      guardrailPolicies: [guardrail],
    });
    channel.addToRolePolicy(new PolicyStatement({ actions: READ_GRAPHS, resources: ['*'] }));
    explain(
      channel,
      'AwsSolutions-IAM5[Resource::*]',
      'Pictures of metrics have no resource-level permissions; nothing else is granted on *.',
    );
  }
}
