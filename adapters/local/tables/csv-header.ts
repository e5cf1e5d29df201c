import { InputError } from '#adapters/local/input-error.ts';
import type { CsvRecord } from './csv-records.ts';

const OTHER_DELIMITERS = [
  [';', '";"'],
  ['\t', 'tabs'],
  ['|', '"|"'],
] as const;

/**
 * Column names of a header, trimmed and in lower case; empty for a column without a name.
 * @throws InputError if the file seems to use another delimiter.
 */
export function csvHeader(
  { file, delimiter }: { readonly file: string; readonly delimiter: string },
  cells: CsvRecord,
  line: number,
): readonly string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const [only = ''] = names;
  const other = OTHER_DELIMITERS.find(([text]) => only.includes(text) && text !== delimiter);
  if (names.length === 1 && other) {
    const problem = `its columns are separated by ${other[1]}; they have to be separated by commas`;
    throw new InputError({ file, line, problem });
  }
  return names;
}

/** @throws InputError if two columns have the same name. */
export function requireOnce(file: string, names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  if (names.indexOf(name, at + 1) < 0) return at;
  throw new InputError({ file, column: name, problem: 'the header contains it twice' });
}
