import { SNSClient } from '@aws-sdk/client-sns';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import { environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { traced } from './instruments.ts';

export const notifier = createSnsNotifier({
  client: traced(new SNSClient(CALL_LIMITS)),
  topicArn: required(environment, 'FOREPRINT_TOPIC_ARN'),
  dashboardUrl: environment.FOREPRINT_DASHBOARD_URL,
  hasChat: environment.FOREPRINT_CHAT === 'slack',
});
