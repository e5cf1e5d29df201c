import type { Payload } from '#html-report/payload/chart-data.ts';

const decoded = new Map<string, Promise<Payload>>();
/** Those that are decompressed by now: what is printed is drawn without waiting. */
const ready = new Map<string, Payload>();

async function decode(id: string): Promise<Payload> {
  const text = document.getElementById(id)?.textContent ?? '';
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  // renderReport wrote exactly this type into the page.
  const payload = (await new Response(inflated).json()) as Payload;
  ready.set(id, payload);
  return payload;
}

/** A payload of the page, decompressed on first use. */
export function decodePayload(id: string): Promise<Payload> {
  const payload = decoded.get(id) ?? decode(id);
  decoded.set(id, payload);
  return payload;
}

/** A payload that is decompressed by now; undefined otherwise. */
export function readyPayload(id: string): Payload | undefined {
  return ready.get(id);
}

/** Drops a decompressed payload; the next use decompresses it again. */
export function forgetPayload(id: string): void {
  decoded.delete(id);
  ready.delete(id);
}
