/**
 * Escapes the three reserved characters of Slack's markup: the name of a group must not be able to
 * call a whole channel.
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
