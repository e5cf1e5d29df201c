import { deflateRawSync } from 'node:zlib';
import type { Payload } from './chart-data.ts';

/**
 * JSON, deflated, in base64: about a quarter of the JSON, and unable to end the script element it stands in whatever the
 * data contains. The browser inflates it with DecompressionStream('deflate-raw').
 */
export function encodePayload(payload: Payload): string {
  return deflateRawSync(JSON.stringify(payload), { level: 9 }).toString('base64');
}
