import { InputError } from '#adapters/local/input-error.ts';

/**
 * Converts an error of DuckDB while reading a file to an InputError. Returns an InputError
 * unchanged.
 */
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
