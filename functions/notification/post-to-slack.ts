/** Slack did not take a message. */
export class SlackError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SlackError';
  }
}

/** Within the function's 30 seconds, so that a slow answer is an error with a name. */
const TIMEOUT_MS = 10_000;

/**
 * Posts a text to an incoming webhook.
 * @throws SlackError that does not repeat the address: it is a secret.
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
