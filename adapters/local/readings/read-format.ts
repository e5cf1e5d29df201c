import type { TextFormat } from '#adapters/local/formats/format.ts';
import { documentFormat } from '#adapters/local/formats/known-formats.ts';
import { csvBlocks } from '#adapters/local/tables/csv-blocks.ts';
import { csvRecords } from '#adapters/local/tables/csv-records.ts';
import { inputBytes } from '#adapters/local/tables/input-bytes.ts';
import type { FileSink } from './create-sink.ts';

/** Where the text of a file lies. */
export interface TextFile {
  readonly path: string;
  /** Its name in messages. */
  readonly file: string;
  readonly gzip: boolean;
}

/** Reads a text of a format line by line, or record by record. */
export async function readText(
  { path, file, gzip }: TextFile,
  { format, delimiter }: { readonly format: TextFormat; readonly delimiter: string },
  sink: FileSink,
): Promise<void> {
  if (format.kind === 'lines') {
    const { line: read } = format.reader(sink);
    for await (const { text, line } of textLines({ path, file, gzip })) {
      sink.at(line);
      read(text, line);
    }
  } else {
    const read = format.reader(sink);
    for await (const block of csvBlocks(path, { gzip, name: file })) {
      const { records, lineOf } = csvRecords(file, block, delimiter);
      records.forEach((cells, k) => {
        if (cells.length === 1 && cells[0]!.trim() === '') return;
        sink.at(lineOf(k));
        read(cells, lineOf(k));
      });
    }
  }
  sink.requireValues();
}

async function* textLines(source: TextFile): AsyncGenerator<{ text: string; line: number }> {
  const decoder = new TextDecoder();
  let [rest, line] = ['', 1];
  for await (const bytes of inputBytes(source.path, { gzip: source.gzip, name: source.file })) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const text of lines) yield { text: text.replace(/\r$/, ''), line: line++ };
  }
  if (rest !== '') yield { text: rest, line };
}

/** A larger document takes several times as much memory. */
const MOST_DOCUMENT_BYTES = 256e6;

/** Reads a JSON document of a known format. */
export async function readDocument({ path, file, gzip }: TextFile, sink: FileSink): Promise<void> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of inputBytes(path, { gzip, name: file })) {
    size += part.length;
    if (size > MOST_DOCUMENT_BYTES) {
      sink.refuse('has more than 256 MB; query less time at once and import the files together');
    }
    parts.push(part);
  }
  const document = parsedJson(Buffer.concat(parts).toString('utf8'), sink);
  const format = documentFormat(document);
  if (format === null) {
    return sink.refuse(
      'is JSON of no known kind; Prometheus, CloudWatch, metric streams and Datadog can be read',
    );
  }
  format.read(document, sink);
  sink.requireValues();
}

function parsedJson(text: string, sink: FileSink): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause);
    return sink.refuse(`is not whole JSON: ${reason}`);
  }
}
