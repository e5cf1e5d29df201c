import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { InputError } from '#adapters/local/input-error.ts';
import { cannotRead } from '#adapters/local/tables/input-file.ts';

/** The beginning of a file, as far as it tells what the file is. */
export interface InputHead {
  readonly kind: 'parquet' | 'text' | 'other';
  readonly isGzip: boolean;
  /** Unpacked, without a byte order mark; empty if the file is no text. */
  readonly text: string;
}

const HEAD_BYTES = 1 << 16;

/** @throws InputError if the file cannot be read. */
export async function inputHead(path: string, file: string): Promise<InputHead> {
  const bytes = await firstBytes(path, file);
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') {
    return { kind: 'parquet', isGzip: false, text: '' };
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? unpacked(bytes) : bytes;
  if (plain.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004' || plain.includes(0)) {
    return { kind: 'other', isGzip, text: '' };
  }
  return { kind: 'text', isGzip, text: plain.toString('utf8').replace(/^\uFEFF/, '') };
}

async function firstBytes(path: string, file: string): Promise<Buffer> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new InputError({ file, problem: cannotRead(cause) }, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw new InputError({ file, problem: cannotRead(cause) }, { cause });
  } finally {
    await handle.close();
  }
}

/** What can be unpacked of the beginning of a gzip file; its faults are found when it is read. */
function unpacked(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

const SEPARATORS = [',', ';', '\t', '|'];

/** The separator of most columns in the first line outside quotes; a comma if there is none. */
export function separatorOf(head: string): string {
  const line = head.replaceAll(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/, 1)[0]!;
  const counts = SEPARATORS.map((separator) => line.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}
