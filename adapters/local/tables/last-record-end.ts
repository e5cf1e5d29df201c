const LF = 10;
const CR = 13;
const QUOTE = 34;

/**
 * Index after the last complete record of CSV bytes, or 0: after the last line end outside quotes.
 * The bytes start outside quotes. A CR at the very end does not count, because it may be half of a
 * CRLF.
 */
export function lastRecordEnd(bytes: Buffer): number {
  const quotes = quotesOf(bytes);
  // Searches backwards through the parts between quotes; every other part is outside quotes.
  for (let k = quotes.length; k >= 0; k--) {
    if (k % 2 === 1) continue;
    const from = k === 0 ? 0 : quotes[k - 1]! + 1;
    const until = quotes[k] ?? bytes.length;
    const end = lastLineEnd(bytes.subarray(from, until), until === bytes.length);
    if (end > 0) return from + end;
  }
  return 0;
}

function quotesOf(bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) found.push(at);
  return found;
}

function lastLineEnd(bytes: Buffer, isLast: boolean): number {
  const feed = bytes.lastIndexOf(LF) + 1;
  if (feed > 0) return feed;
  const whole = isLast && bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
  return whole.lastIndexOf(CR) + 1;
}
