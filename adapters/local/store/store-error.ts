/**
 * Kinds of failure:
 * - `locked`: another process has the store open;
 * - `read-only`, `full`: the directory or disk cannot be written to;
 * - `schema`: the file is not a store, or a newer version wrote it;
 * - `missing`, `altered`: a model file does not exist or does not match its hash;
 * - `unreadable`: the document of one application or cluster is damaged;
 * - `failed`: every other error of the database.
 */
export type StoreFault =
  'locked' | 'read-only' | 'full' | 'schema' | 'missing' | 'altered' | 'unreadable' | 'failed';

/**
 * The embedded store cannot carry out an operation. The message is one line for users and names the
 * file.
 */
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
  [
    /ENOENT[^]*(mkdir|cwd)/,
    'read-only',
    'cannot be made: the directory above it takes none, or was deleted',
  ],
  [/EEXIST|ENOTDIR/, 'read-only', 'cannot be made: a part of its path is a file'],
  [/not a valid duckdb database/i, 'schema', 'is not a Foreprint store'],
];

/**
 * Converts an error of the database or the file system to a StoreError. Returns a StoreError
 * unchanged.
 */
export function toStoreError(place: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const match = FAULTS.find(([pattern]) => pattern.test(text));
  if (!match) return new StoreError('failed', `store ${place}: ${firstLine(text)}`, { cause });
  const [, fault, problem] = match;
  const holder = fault === 'locked' ? lockHolder(text) : '';
  return new StoreError(fault, `store ${place} ${problem}${holder}`, { cause });
}

/** DuckDB names the process: "Conflicting lock is held in /usr/bin/node (PID 123)". */
function lockHolder(text: string): string {
  const holder = /lock is held in (.+?) \(PID (\d+)\)/.exec(text);
  if (holder) return `: ${holder[1]}, process ${holder[2]}`;
  const pid = /PID (\d+)/.exec(text);
  return pid ? `: process ${pid[1]}` : '';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}
