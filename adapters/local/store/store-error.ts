/**
 * - `locked`: another process has the store open;
 * - `read-only`, `full`: the place cannot be written to;
 * - `schema`: the file is not a store, or a newer version wrote it;
 * - `missing`, `altered`: a model file is not there or does not have its hash;
 * - `failed`: anything else the database reports.
 */
export type StoreFault =
  'locked' | 'read-only' | 'full' | 'schema' | 'missing' | 'altered' | 'failed';

/** The embedded store cannot do what it was asked; the message is one line for people and names the place. */
export class StoreError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.fault = fault;
  }
}

const FAULTS: readonly (readonly [RegExp, StoreFault, string])[] = [
  [/conflicting lock|could not set lock/i, 'locked', 'is locked by another process'],
  [
    /no space left|disk quota exceeded|ENOSPC|EDQUOT/i,
    'full',
    'cannot be written: the disk is full',
  ],
  [/read-only file system|EROFS/i, 'read-only', 'cannot be written: the file system is read-only'],
  [/permission denied|EACCES|EPERM/i, 'read-only', 'cannot be written: permission denied'],
  [/not a valid duckdb database/i, 'schema', 'is not a Foreprint store'],
];

/** Makes a StoreError of what the database or the file system threw about a place; leaves StoreErrors alone. */
export function toStoreError(place: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const known = FAULTS.find(([pattern]) => pattern.test(text));
  if (!known) return new StoreError('failed', `store ${place}: ${firstLine(text)}`, { cause });
  const [, fault, says] = known;
  const holder = fault === 'locked' ? lockHolder(text) : '';
  return new StoreError(fault, `store ${place} ${says}${holder}`, { cause });
}

/** DuckDB names the holder: "Conflicting lock is held in /usr/bin/node (PID 123)". */
function lockHolder(text: string): string {
  const holder = /lock is held in (.+?) \(PID (\d+)\)/.exec(text);
  if (holder) return `: ${holder[1]}, process ${holder[2]}`;
  const pid = /PID (\d+)/.exec(text);
  return pid ? `: process ${pid[1]}` : '';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}
