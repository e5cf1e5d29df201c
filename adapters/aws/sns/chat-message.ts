import type { AlertText } from '#core/text/alert-text.ts';
import { escapeMarkup } from './escape-markup.ts';

/**
 * An alert in the format of Amazon Q Developer in chat applications. The service silently drops
 * every message in another format that is not an AWS service event (user guide, "Custom
 * notifications", schema version 1.0).
 */
export function chatMessage({ subject, message }: AlertText): string {
  const [, ...lines] = message.split('\n');
  const [title, description] = [subject, lines.join('\n')].map(escapeMarkup);
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title, description },
  });
}
