/** Why a path cannot be written, as the end of a sentence. */
export function cannotWrite(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'cannot be written: the disk is full';
  if (code === 'EROFS') return 'cannot be written: the file system is read-only';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be written: permission denied';
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return 'cannot be written: a part of its path is a file';
  }
  if (code === 'EISDIR') return 'cannot be written: it is a directory';
  if (code === 'ENOENT') return 'cannot be written: no such directory';
  return `cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`;
}
