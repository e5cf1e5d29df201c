import { isUtf8 } from 'node:buffer';
import { InputError } from '#adapters/local/input-error.ts';
import { countLines } from './count-lines.ts';
import { inputBytes } from './input-bytes.ts';
import { lastRecordEnd } from './last-record-end.ts';

/** Complete records of a CSV file, as written in the file. */
export interface CsvBlock {
  readonly text: string;
  /** Line on which the block starts, counted from 1. */
  readonly line: number;
}

/** A longer record means an unclosed quote, or another kind of file. */
const LONGEST_RECORD_BYTES = 1 << 20;

const LF = 10;
const CR = 13;

/**
 * The records of a CSV file in blocks, read once from start to end, so that a pipe can be read too.
 * @param name the file's name in messages; its path by default.
 * @throws InputError if the file cannot be read, is not UTF-8, or has an excessively long line.
 */
export async function* csvBlocks(
  path: string,
  { gzip, name: file = path }: { readonly gzip: boolean; readonly name?: string | undefined },
): AsyncGenerator<CsvBlock, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  const block = (bytes: Buffer): CsvBlock => {
    const made = { text: utf8Text(bytes, { file, line }), line };
    line += countLines(made.text);
    return made;
  };
  for await (const part of inputBytes(path, { gzip, name: file })) {
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
