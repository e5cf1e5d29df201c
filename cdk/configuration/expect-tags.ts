import type * as z from 'zod';
import { expectEntry, resourceNamed } from '#core/domain/settings/expect-settings.ts';
import { EXPECT_TAG } from './group-tags.ts';

/** An entry as people write it in a file, about one application. */
export type WrittenEntry = z.input<typeof expectEntry>;

/** What the tags of one group say of use to come. */
export interface TaggedExpectations {
  readonly entries: readonly WrittenEntry[];
  /** A line for each entry that cannot be read; it names the tag. */
  readonly faults: readonly string[];
}

/** A tag of ours: `foreprint:expect`, or with a number, `foreprint:expect-2`. */
const OURS = new RegExp(`^${EXPECT_TAG}(-\\d+)?$`);
const SEPARATOR = ' @ ';

/**
 * Reads entries from tags. AWS allows letters, digits, spaces and + - = . _ : / @ in 256 characters,
 * so an entry is a name with a colon and then words, and ` @ ` stands between two entries:
 * `sale: 2026-11-27T08:00/2026-11-27T20:00 x1.5 cpu @ rest: 2026-12-25 2026-12-26 like=sunday`.
 * An entry that cannot be read is left out, the others are not.
 * @param tags names and values, of one group or service.
 */
export function parseExpectTags(
  tags: Iterable<readonly [string, string]>,
  applicationId: string,
): TaggedExpectations {
  const entries: WrittenEntry[] = [];
  const faults: string[] = [];
  const ours = [...tags].filter(([key]) => OURS.test(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, value] of ours) {
    for (const text of value.split(SEPARATOR)) {
      const { entry, unknown } = readEntry(text.trim(), applicationId);
      const problems = [
        ...unknown.map((word) => `"${word}" is not understood`),
        ...(expectEntry.safeParse(entry).error?.issues ?? []).map(
          ({ path, message }) => `${path.join('.') || 'entry'}: ${message}`,
        ),
      ];
      if (problems.length === 0) entries.push(entry);
      else faults.push(`tag ${key} of ${applicationId}, "${text.trim()}": ${problems.join('; ')}`);
    }
  }
  return { entries, faults };
}

const NUMBERED: Readonly<Record<string, 'atLeast'>> = { least: 'atLeast' };
const NAMED: Readonly<Record<string, 'like' | 'timeZone' | 'knownFrom'>> = {
  like: 'like',
  zone: 'timeZone',
  known: 'knownFrom',
};

interface ReadEntry {
  readonly entry: WrittenEntry;
  readonly unknown: readonly string[];
}

function readEntry(text: string, applicationId: string): ReadEntry {
  const [, name, said = ''] = /^(.*?):(?: (.*))?$/.exec(text) ?? [];
  const unknown: string[] = [];
  const days: string[] = [];
  const resources: NonNullable<WrittenEntry['resources']>[number][] = [];
  let entry: WrittenEntry = {
    applications: [applicationId],
    ...(name !== undefined && name !== '' && { name }),
  };
  for (const word of (name === undefined ? text : said).split(/\s+/).filter(Boolean)) {
    const [, key = '', value = ''] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    const [, from, to] = /^(\d{4}-[^/]+)\/(\d{4}-[^/]+)$/.exec(word) ?? [];
    const resource = resourceNamed(word);
    const number = NUMBERED[key];
    const named = NAMED[key];
    if (from !== undefined && to !== undefined) entry = { ...entry, from, to };
    else if (/^\d{4}-\d\d-\d\d$/.test(word)) days.push(word);
    else if (/^x[\d.]+$/.test(word)) entry = { ...entry, times: Number(word.slice(1)) };
    else if (number) entry = { ...entry, [number]: Number(value) };
    else if (named) entry = { ...entry, [named]: value };
    else if (resource) resources.push(resource);
    else unknown.push(word);
  }
  return {
    entry: {
      ...entry,
      ...(days.length > 0 && { days }),
      ...(resources.length > 0 && { resources }),
    },
    unknown,
  };
}
