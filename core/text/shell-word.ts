/**
 * Quotes a word for a shell if necessary: names may contain spaces. A word that begins like an
 * option is quoted too, so that it is seen as a name.
 */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
