import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '#adapters/local/input-error.ts';
import { cannotRead } from './input-file.ts';

/** A longer first line is not a header. */
const HEADER_BYTES = 65_536;

/**
 * Column names of a CSV file, trimmed. A gzip file is decompressed to its end, because DuckDB reads
 * a truncated file without an error.
 * @throws InputError if there is no header, a name is repeated, or the gzip stream is damaged.
 */
export async function readHeader(
  file: string,
  { delimiter, gzip }: { readonly delimiter: string; readonly gzip: boolean },
): Promise<readonly string[]> {
  const head = gzip ? await gunzippedHead(file) : await plainHead(file);
  const line = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, 1)[0]!;
  if (line.trim() === '') throw new InputError({ file, problem: 'has no header' });
  const names = line.split(delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
  const duplicate = names.find((name, at) => names.indexOf(name) !== at);
  if (duplicate !== undefined) {
    throw new InputError({ file, column: duplicate, problem: 'the header contains it twice' });
  }
  return names;
}

async function plainHead(file: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of createReadStream(file, { end: HEADER_BYTES - 1 })) {
      parts.push(Buffer.from(part));
    }
  } catch (cause) {
    throw new InputError({ file, problem: cannotRead(cause) }, { cause });
  }
  return Buffer.concat(parts);
}

async function gunzippedHead(file: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const keepHead = new Writable({
    write(part: Buffer, _encoding, done) {
      if (bytes < HEADER_BYTES) parts.push(part);
      bytes += part.length;
      done();
    },
  });
  try {
    await pipeline(createReadStream(file), createGunzip(), keepHead);
  } catch (cause) {
    const isCut = cause instanceof Error && cause.message.includes('unexpected end of file');
    const problem = isCut ? 'is cut off: the gzip stream has no end' : 'is not a whole gzip file';
    throw new InputError({ file, problem }, { cause });
  }
  return Buffer.concat(parts).subarray(0, HEADER_BYTES);
}
