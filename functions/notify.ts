import { parse } from '@aws-lambda-powertools/parser';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { environment, settings } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { notificationEventSchema, type Notice } from './events/notification-event.ts';
import { postToSlack } from './notification/post-to-slack.ts';
import { slackText } from './notification/slack-text.ts';
import { CALL_LIMITS } from './wiring/call-limits.ts';
import { history } from './wiring/history.ts';
import { instrument, logger, traced } from './wiring/instruments.ts';
import { forecasters } from './wiring/models.ts';
import { profiles } from './wiring/stores.ts';

const secrets = traced(new SecretsManagerClient(CALL_LIMITS));
const secretName = required(environment, 'FOREPRINT_SLACK_SECRET');

const ports = { history, profiles, forecasters };

/** Posts incidents and alarms to Slack. Ignores the kill switch, because it only informs. */
export const handler = instrument('notify', async (event: unknown) => {
  const notices = parse(event, undefined, notificationEventSchema);
  const { SecretString: webhook } = await secrets.send(
    new GetSecretValueCommand({ SecretId: secretName }),
  );
  if (!webhook) throw new Error(`secret ${secretName} contains no text`);
  for (const notice of notices) await postToSlack(webhook.trim(), await textOf(notice));
  return { posted: notices.length };
});

/** The message must be posted even if the graph cannot be drawn. */
async function textOf(notice: Notice): Promise<string> {
  try {
    return await slackText(ports, notice, settings);
  } catch (error) {
    logger.warn('no graph', error instanceof Error ? error : String(error));
    return slackText(ports, { ...notice, incident: null }, settings);
  }
}
