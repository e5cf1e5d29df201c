import type { Payload } from '#html-report/payload/chart-data.ts';

const decoded = new Map<string, Promise<Payload>>();

async function decode(id: string): Promise<Payload> {
  const text = document.getElementById(id)?.textContent ?? '';
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  // The page was made by renderReport, which wrote exactly this type.
  return (await new Response(inflated).json()) as Payload;
}

/** A block of the page's data, inflated when it is first wanted. */
export function decodePayload(id: string): Promise<Payload> {
  const known = decoded.get(id) ?? decode(id);
  decoded.set(id, known);
  return known;
}

/** Forgets a block; it is inflated again when it is wanted again. */
export function forgetPayload(id: string): void {
  decoded.delete(id);
}
