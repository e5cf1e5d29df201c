import { InputError } from '#adapters/local/input-error.ts';

/**
 * Converts an error of DuckDB while reading a file to an InputError. Returns an InputError
 * unchanged.
 */
export function tableError(file: string, cause: unknown): InputError {
  if (cause instanceof InputError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const line = Number(/CSV Error on Line: (\d+)/.exec(text)?.[1] ?? 0);
  // The header is line 1.
  const row = line > 1 ? line - 1 : undefined;
  return new InputError({ file, row, problem: problemOf(text) }, { cause });
}

function problemOf(text: string): string {
  const cells = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (cells) return `has ${cells[2]} cells where the header has ${cells[1]}`;
  if (/unterminated quote/i.test(text)) return 'a quote is not closed';
  if (/not utf-8 encoded|invalid unicode/i.test(text)) return 'is not UTF-8 text';
  if (/no magic bytes|too small to be a parquet/i.test(text)) {
    return 'is not a whole Parquet file; it may be cut off';
  }
  return `cannot be read: ${text.split('\n', 1)[0]!.trim()}`;
}
