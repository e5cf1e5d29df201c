import { InputError } from '#adapters/local/input-error.ts';

/** Makes an InputError of what DuckDB threw while it read a file; leaves InputErrors alone. */
export function tableError(file: string, cause: unknown): InputError {
  if (cause instanceof InputError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  return new InputError({ file, problem: problemOf(text) }, { cause });
}

function problemOf(text: string): string {
  if (/no magic bytes|too small to be a parquet/i.test(text)) {
    return 'is not a whole Parquet file; it may be cut off';
  }
  return `cannot be read: ${text.split('\n', 1)[0]!.trim()}`;
}
