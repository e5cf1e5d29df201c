/** Slack did not accept a message. */
export class SlackError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SlackError';
  }
}

/** Less than the function's timeout of 30 seconds, so that a slow answer gives a SlackError. */
const TIMEOUT_MS = 10_000;

/**
 * Posts a text to an incoming webhook.
 * @throws SlackError without the webhook's URL, which is a secret.
 */
export async function postToSlack(webhook: string, text: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const problem = error instanceof Error ? error.name : 'failure';
    throw new SlackError(`Slack could not be reached: ${problem}`);
  }
  if (!response.ok) throw new SlackError(`Slack answered ${response.status}`);
}
