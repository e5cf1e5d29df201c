import { expect, it } from 'vitest';
import { keepParsed } from '#adapters/encoding/keep-parsed.ts';

function openReader(most?: number) {
  const readTexts: string[] = [];
  const keep = keepParsed<{ readonly text: string }>(most);
  const read = (key: string, text: string) =>
    keep({ key, body: Buffer.from(text) }, () => {
      if (text === 'broken') throw new Error(text);
      readTexts.push(text);
      return { text };
    });
  return { read, readTexts };
}

it('reads a document again only when its body is another one', () => {
  const { read, readTexts } = openReader();
  const first = read('a', 'one');
  expect(read('a', 'one')).toBe(first);
  expect(read('a', 'two')).toEqual({ text: 'two' });
  expect(read('a', 'one')).toEqual({ text: 'one' });
  expect(readTexts).toEqual(['one', 'two', 'one']);
});

it('takes no document for that of another key', () => {
  const { read } = openReader();
  const first = read('a', 'one');
  expect(read('b', 'one')).not.toBe(first);
});

it('forgets the document that was read longest ago', () => {
  const { read, readTexts } = openReader(2);
  for (const key of ['a', 'b', 'c', 'b', 'a']) read(key, key);
  expect(readTexts).toEqual(['a', 'b', 'c', 'a']);
});

it('keeps nothing of what cannot be read', () => {
  const { read } = openReader();
  const first = read('a', 'one');
  expect(() => read('a', 'broken')).toThrow('broken');
  expect(() => read('a', 'broken')).toThrow('broken');
  expect(read('a', 'one')).toBe(first);
});
