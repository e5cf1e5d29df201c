import { anyOf, below, type Random } from './random.ts';

/** What breaks readers of text, and some of it those of binary files. */
const TOKENS = [
  '"',
  '""',
  '",',
  ',',
  ',,',
  ';',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '\t',
  ' ',
  '\0',
  '\uFEFF',
  '=',
  '-',
  '+',
  '.',
  '…',
  '💥',
  'NaN',
  'inf',
  '-1',
  '1e999',
  '1e-999',
  '0x10',
  '99999999999999999999',
  'null',
  '2026-02-30',
  '2626-01-01T00:00:00Z',
  '1767571200',
  '1767571200000',
  '20260131',
  '2026-01-05 00:00:00 Europe/Berlin',
  '__proto__',
  'constructor',
  '{',
  '}',
  '[',
  'true',
];

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** A stretch of bytes, mostly short. */
function stretch(bytes: Buffer, random: Random): readonly [number, number] {
  const from = below(random, bytes.length + 1);
  return [from, Math.min(bytes.length, from + Math.ceil(bytes.length * random() ** 6))];
}

function spliced(bytes: Buffer, from: number, until: number, put: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(until)]);
}

const MUTATIONS: readonly Mutation[] = [
  function flip(bytes, random) {
    const changed = Buffer.from(bytes);
    for (let k = 0; k <= below(random, 4); k++) {
      if (changed.length > 0) changed[below(random, changed.length)]! ^= 1 << below(random, 8);
    }
    return changed;
  },
  function insertToken(bytes, random) {
    const at = below(random, bytes.length + 1);
    return spliced(bytes, at, at, Buffer.from(anyOf(random, TOKENS)));
  },
  function replaceCell(bytes, random) {
    const text = bytes.toString('latin1');
    const from = text.indexOf(',', below(random, text.length + 1)) + 1;
    const end = /[,\n]/.exec(text.slice(from))?.index ?? 0;
    return spliced(bytes, from, from + end, Buffer.from(anyOf(random, TOKENS)));
  },
  function remove(bytes, random) {
    return spliced(bytes, ...stretch(bytes, random), Buffer.alloc(0));
  },
  function repeat(bytes, random) {
    const [from, until] = stretch(bytes, random);
    return spliced(bytes, until, until, bytes.subarray(from, until));
  },
  function cut(bytes, random) {
    return bytes.subarray(0, below(random, bytes.length + 1));
  },
  function scramble(bytes, random) {
    const [from, until] = stretch(bytes, random);
    return spliced(
      bytes,
      from,
      until,
      Buffer.from(Array.from({ length: until - from }, () => below(random, 256))),
    );
  },
  function changeLineEnds(bytes, random) {
    const end = anyOf(random, ['\r\n', '\r', '\n\n', '\n\r']);
    return Buffer.from(
      bytes.toString('latin1').replaceAll('\n', () => (random() < 0.5 ? end : '\n')),
      'latin1',
    );
  },
  function swapLines(bytes, random) {
    const lines = bytes.toString('latin1').split('\n');
    const [a, b] = [below(random, lines.length), below(random, lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
];

/** Changes bytes in one way, or in several. */
export function mutateBytes(bytes: Uint8Array, random: Random): Buffer {
  let changed = Buffer.from(bytes);
  do changed = Buffer.from(anyOf(random, MUTATIONS)(changed, random));
  while (random() < 0.3);
  return changed;
}
