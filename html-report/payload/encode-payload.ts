import { deflateRawSync } from 'node:zlib';
import type { Payload } from './chart-data.ts';

/**
 * JSON, deflated, in base64. Base64 is smaller than the JSON and cannot end its script element,
 * whatever the data contains. The browser decompresses it with DecompressionStream('deflate-raw').
 */
export function encodePayload(payload: Payload): string {
  return deflateRawSync(JSON.stringify(payload), { level: 9 }).toString('base64');
}
