import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '#adapters/local/input-error.ts';
import { cannotRead } from './input-file.ts';

const READ_BYTES = 1 << 18;

/**
 * The bytes of a file in pieces, unpacked, without a byte order mark.
 * @param name the file's name in messages.
 * @throws InputError if it cannot be read.
 */
export async function* inputBytes(
  path: string,
  { gzip, name: file }: { readonly gzip: boolean; readonly name: string },
): AsyncGenerator<Buffer, void, undefined> {
  const source = createReadStream(path, { highWaterMark: READ_BYTES });
  const stream: Readable = gzip
    ? // What goes wrong is thrown where the bytes are read.
      pipeline(source, createGunzip({ chunkSize: READ_BYTES }), () => undefined)
    : source;
  let isFirst = true;
  try {
    for await (const part of stream) {
      const bytes: Buffer = Buffer.from(part);
      yield isFirst ? withoutByteOrderMark(bytes) : bytes;
      isFirst = false;
    }
  } catch (cause) {
    throw new InputError({ file, problem: readProblem(cause) }, { cause });
  } finally {
    source.destroy();
  }
}

function withoutByteOrderMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function readProblem(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'Z_BUF_ERROR') return 'is cut off: the gzip stream has no end';
  if (typeof code === 'string' && code.startsWith('Z_')) return 'is not a whole gzip file';
  return cannotRead(cause);
}
