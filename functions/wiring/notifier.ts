import { SNSClient } from '@aws-sdk/client-sns';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import { environment } from './environment.ts';
import { required } from './read-environment.ts';

export const notifier = createSnsNotifier({
  client: new SNSClient(),
  topicArn: required(environment, 'FOREPRINT_TOPIC_ARN'),
});
