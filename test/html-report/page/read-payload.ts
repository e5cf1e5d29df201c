import { inflateRawSync } from 'node:zlib';
import type { Payload } from '#html-report/payload/chart-data.ts';

/** A block of a report's data as the page's script reads it. */
export function readPayload(report: string, id: string): Payload {
  const open = `<script type="text/plain" id="${id}">`;
  const from = report.indexOf(open) + open.length;
  const text = report.slice(from, report.indexOf('</script>', from));
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString()) as Payload;
}
