import type { AlertText } from '#core/text/alert-text.ts';

/**
 * An alert as Amazon Q Developer in chat applications takes it; anything else that is not an AWS service's own event it
 * drops without a word (its user guide, "Custom notifications", version 1.0 of the schema).
 */
export function chatMessage({ subject, message }: AlertText): string {
  const [, ...lines] = message.split('\n');
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title: subject, description: lines.join('\n') },
  });
}
