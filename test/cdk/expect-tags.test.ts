import { describe, expect, it } from 'vitest';
import { parseExpectTags } from '#cdk/configuration/expect-tags.ts';

const read = (tags: Readonly<Record<string, string>>) =>
  parseExpectTags(Object.entries(tags), 'shop');

describe('tags of expected events', () => {
  it('hold entries as a calendar file has them, several in a tag and in several tags', () => {
    const applications = ['shop'];
    expect(
      read({
        'foreprint:mode': 'full',
        'foreprint:expect-2': 'rest: 2026-12-25 2026-12-26 like=sunday',
        'foreprint:expect':
          'Black Friday: 2026-11-27T08:00/2026-11-27T20:00 x1.5 cpu network zone=America/New_York' +
          ' @ launch: 2026-12-03T17:00Z/2026-12-03T21:00+01:00 least=20 known=2026-12-01T00:00',
      }),
    ).toEqual({
      entries: [
        {
          ...{ applications, name: 'Black Friday', times: 1.5, resources: ['cpu', 'network'] },
          ...{ from: '2026-11-27T08:00', to: '2026-11-27T20:00', timeZone: 'America/New_York' },
        },
        {
          ...{ applications, name: 'launch', atLeast: 20, knownFrom: '2026-12-01T00:00' },
          ...{ from: '2026-12-03T17:00Z', to: '2026-12-03T21:00+01:00' },
        },
        { applications, name: 'rest', days: ['2026-12-25', '2026-12-26'], like: 'sunday' },
      ],
      faults: [],
    });
  });

  it.each([
    ['sale: 2026-11-27 x1.5 disc', '"disc" is not understood'],
    ['sale: 2026-11-27', 'times: an entry says what is expected'],
    ['2026-11-27 x1.5', 'name: is missing'],
    ['sale: 2026-11-27T20:00/2026-11-27T08:00 x2', 'to: must be after `from`'],
    ['sale: 2026-11-27 x1.2.3', 'times: '],
    ['sale: 2026-11-27 least=many', 'atLeast: '],
    ['sale: 2026-11-27 like=sundae', 'like: must be like "last sunday"'],
    ['', 'name: is missing'],
  ])('with "%s" are one fault that names tag and group', (value, reason) => {
    const { entries, faults } = read({ 'foreprint:expect-1': value });
    expect(entries).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`tag foreprint:expect-1 of shop, "${value}": `);
    expect(faults[0]).toContain(reason);
  });

  it('keep the entries beside a faulty one', () => {
    const { entries, faults } = read({ 'foreprint:expect': 'a: 2026-11-27 x2 @ b: soon x2' });
    expect([entries.length, faults.length]).toEqual([1, 1]);
  });

  it('are no other tags', () => {
    expect(read({ 'foreprint:expected': 'nonsense', expect: 'nonsense' })).toEqual({
      entries: [],
      faults: [],
    });
  });
});
