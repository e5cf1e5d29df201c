import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '#adapters/local/input-error.ts';
import { countLines } from './count-lines.ts';
import { cannotRead } from './input-file.ts';
import { lastRecordEnd } from './last-record-end.ts';

/** Complete records of a CSV file, as written in the file. */
export interface CsvBlock {
  readonly text: string;
  /** Line on which the block starts, counted from 1. */
  readonly line: number;
}

const READ_BYTES = 1 << 18;
/** A longer record means an unclosed quote, or another kind of file. */
const LONGEST_RECORD_BYTES = 1 << 20;

const LF = 10;
const CR = 13;

/**
 * The records of a CSV file in blocks, read once from start to end, so that a pipe can be read too.
 * @throws InputError if the file cannot be read, is not UTF-8, or has an excessively long line.
 */
export async function* csvBlocks(
  file: string,
  { gzip }: { readonly gzip: boolean },
): AsyncGenerator<CsvBlock, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  const block = (bytes: Buffer): CsvBlock => {
    const made = { text: utf8Text(bytes, { file, line }), line };
    line += countLines(made.text);
    return made;
  };
  for await (const part of bytesOf(file, gzip)) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const end = lastRecordEnd(rest);
    if (end > 0) {
      yield block(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
    if (rest.length <= LONGEST_RECORD_BYTES) continue;
    // An unclosed quote is the more likely reason; the code that splits the records finds it.
    if (rest.includes('"')) yield { text: rest.toString('utf8'), line };
    throw new InputError({ file, line, problem: `is longer than ${LONGEST_RECORD_BYTES} bytes` });
  }
  if (rest.length > 0) yield block(rest);
}

async function* bytesOf(file: string, gzip: boolean): AsyncGenerator<Buffer, void, undefined> {
  const source = createReadStream(file, { highWaterMark: READ_BYTES });
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

function utf8Text(
  bytes: Buffer,
  { file, line }: { readonly file: string; readonly line: number },
): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let [at, from] = [line, 0];
  for (let k = 0; k < bytes.length; k++) {
    const isEnd = bytes[k] === LF || (bytes[k] === CR && bytes[k + 1] !== LF);
    if (!isEnd) continue;
    if (!isUtf8(bytes.subarray(from, k))) break;
    [at, from] = [at + 1, k + 1];
  }
  throw new InputError({ file, line: at, problem: 'is not UTF-8 text' });
}
