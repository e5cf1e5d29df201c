/**
 * Data rows of CSV text by a reader of its own, which only knows quotes and line ends; blank lines
 * are none. Not to be trusted where quotes are not as they have to be.
 */
export function countRows(text: string): number {
  let [rows, isQuoted, hasContent] = [0, false, false];
  const end = () => {
    if (hasContent) rows++;
    hasContent = false;
  };
  for (const character of text.replace(/^\uFEFF/, '')) {
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && (character === '\n' || character === '\r')) end();
    else if (character.trim() !== '') hasContent = true;
  }
  end();
  return Math.max(0, rows - 1);
}
