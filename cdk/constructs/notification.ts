import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { explainWildcard } from '#cdk/function/explain.ts';
import { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { SlackChannel } from './slack-channel.ts';
import type { Stores } from './stores.ts';

/** Stores and layer that the graph of usage and forecast needs. */
type GraphStores = Pick<Stores, 'surroundings' | 'history' | 'state' | 'models' | 'onnxruntime'>;

/**
 * One encrypted topic for incidents and alarms. Subscribers are e-mail addresses, a Slack channel
 * through Amazon Q Developer, and a function that posts to a Slack webhook with a graph.
 */
export class Notification extends Construct {
  readonly topic: Topic;
  private readonly key: Key;
  private readonly hasChat: boolean;
  /** Null without a Slack webhook. */
  readonly function: ForeprintFunction | null;

  constructor(scope: Construct, id: string, props: GraphStores & { configuration: Configuration }) {
    super(scope, id);
    const { emails, slackWebhookSecretName, slackChannel } = props.configuration;
    this.hasChat = slackChannel !== null;
    this.key = this.createKey();
    this.topic = new Topic(this, 'Topic', { masterKey: this.key, enforceSSL: true });
    this.letAlarmsPublish();
    for (const email of emails) this.topic.addSubscription(new EmailSubscription(email));
    if (slackChannel) {
      new SlackChannel(this, 'SlackChannel', { topic: this.topic, ...slackChannel });
    }
    this.function =
      slackWebhookSecretName === null ? null : this.createSlack(props, slackWebhookSecretName);
  }

  /** Allows a function to publish incidents. */
  bind(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_TOPIC_ARN', this.topic.topicArn);
    if (this.hasChat) target.setVariable('FOREPRINT_CHAT', 'slack');
    target.allow(
      new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    target.allow(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.key.keyArn],
      }),
    );
  }

  /**
   * A customer managed key: CloudWatch alarms cannot publish to a topic that is encrypted with the
   * AWS managed key.
   */
  private createKey(): Key {
    const key = new Key(this, 'Key', {
      enableKeyRotation: true,
      // It encrypts messages on their way and nothing that is kept.
      removalPolicy: RemovalPolicy.DESTROY,
      description: 'Foreprint: encrypts incidents and alarms in the topic',
    });
    key.grant(this.alarmsOfThisAccount(), 'kms:Decrypt', 'kms:GenerateDataKey*');
    return key;
  }

  /**
   * A policy of a topic's own replaces the one that SNS gives every topic, which is what lets the
   * account's alarms publish.
   */
  private letAlarmsPublish(): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [this.alarmsOfThisAccount()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
  }

  private alarmsOfThisAccount(): ServicePrincipal {
    return new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
  }

  private createSlack(props: GraphStores, secretName: string): ForeprintFunction {
    const notify = new ForeprintFunction(this, 'Notify', {
      surroundings: props.surroundings,
      entry: 'notify',
      description: 'Foreprint: incidents and alarms to Slack',
      memoryMb: 512,
      timeout: Duration.seconds(30),
      isRepeatable: true,
      onnxruntime: props.onnxruntime,
    });
    const secret = Secret.fromSecretNameV2(this, 'SlackWebhook', secretName);
    secret.grantRead(notify.lambda);
    explainWildcard(
      notify,
      `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${secretName}-??????`,
      'The ARN of a secret that the user made ends in six random characters; the wildcard stands for these.',
    );
    notify.setVariable('FOREPRINT_SLACK_SECRET', secretName);
    props.history.bindRead(notify);
    props.state.bindRead(notify);
    props.models.bindRead(notify);
    this.topic.addSubscription(
      new LambdaSubscription(notify.lambda, { deadLetterQueue: notify.deadLetters }),
    );
    return notify;
  }
}
