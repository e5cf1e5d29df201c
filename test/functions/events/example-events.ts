/**
 * A launch as EventBridge delivers it (Amazon EC2 Auto Scaling User Guide, "EventBridge event
 * examples").
 */
export const LAUNCH_EVENT = {
  version: '0',
  id: '12345678-1234-1234-1234-123456789012',
  'detail-type': 'EC2 Instance-launch Lifecycle Action',
  source: 'aws.autoscaling',
  account: '123456789012',
  time: '2026-11-24T17:05:12Z',
  region: 'us-west-2',
  resources: [
    'arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:5d44ac5c:autoScalingGroupName/shop',
  ],
  detail: {
    LifecycleActionToken: '87654321-4321-4321-4321-210987654321',
    AutoScalingGroupName: 'shop',
    LifecycleHookName: 'foreprint-launching',
    EC2InstanceId: 'i-1234567890abcdef0',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    NotificationMetadata: 'additional-info',
    Origin: 'EC2',
    Destination: 'AutoScalingGroup',
  },
};

export const SCHEDULED_EVENT = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2026-11-24T17:05:00Z',
  region: 'us-west-2',
  resources: ['arn:aws:events:us-west-2:123456789012:rule/Foreprint-Schedule'],
  detail: {},
};

const sns = (subject: string, message: string, attributes: object) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:us-west-2:123456789012:topic:2bcfbf39',
      Sns: {
        Type: 'Notification',
        MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
        TopicArn: 'arn:aws:sns:us-west-2:123456789012:topic',
        Subject: subject,
        Message: message,
        Timestamp: '2026-11-24T17:05:13.119Z',
        SignatureVersion: '1',
        MessageAttributes: attributes,
      },
    },
  ],
});

/** An incident of ours as the topic delivers it to a function. */
export function incidentEvent(alert: object): object {
  const text = (Value: string) => ({ Type: 'String', Value });
  return sns('shop: CPU far above forecast', 'shop: CPU far above <forecast>\nSince 17:00.', {
    kind: text('incident-opened'),
    alert: text(JSON.stringify(alert)),
  });
}

/** A CloudWatch alarm as the topic delivers it. */
export const ALARM_EVENT = sns(
  'ALARM: "Foreprint-ingestLate" in US West (Oregon)',
  JSON.stringify({
    AlarmName: 'Foreprint-ingestLate',
    AlarmDescription: 'Foreprint: the function ingest has not run for 15 minutes',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: no datapoints were received.',
  }),
  {},
);
