/** Tables of an account in a box. */
export const BOX_TABLES = { history: 'footprints', state: 'state', handled: 'handled' } as const;

/** Environment that the stack gives its functions; it has to be set before they are imported. */
export const BOX_ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'loopback',
  AWS_SECRET_ACCESS_KEY: 'loopback',
  POWERTOOLS_DEV: 'false',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_TRACE_ENABLED: 'false',
  // Without it the X-Ray SDK watches every promise, which costs a fifth of the time.
  AWS_XRAY_MANUAL_MODE: 'true',
  FOREPRINT_CONFIGURATION: JSON.stringify({ historyDays: 29 }),
  FOREPRINT_SWITCH: '/foreprint/switch',
  FOREPRINT_HISTORY: BOX_TABLES.history,
  FOREPRINT_TABLE: BOX_TABLES.state,
  FOREPRINT_IDEMPOTENCY_TABLE: BOX_TABLES.handled,
  FOREPRINT_MODELS_BUCKET: 'models',
  FOREPRINT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:topic',
  FOREPRINT_SLACK_SECRET: 'webhook',
  FOREPRINT_TRAINING_QUEUE: 'https://sqs.eu-central-1.amazonaws.com/123456789012/trainings',
} as const;
