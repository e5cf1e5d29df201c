import { createHash } from 'node:crypto';

/** SHA-256 of the bytes as lower-case hex; it names a model file. */
export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
