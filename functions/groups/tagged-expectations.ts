import type { ExpectStore } from '#adapters/aws/dynamodb/expect/dynamodb-expect-store.ts';
import type { TaggedExpectations, WrittenEntry } from '#cdk/configuration/expect-tags.ts';
import { expectList } from '#core/domain/settings/expect-settings.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { EnrolledGroup } from './enrolled-group.ts';

/** Settings that also expect what tags say. */
export function withExpected(settings: Settings, entries: readonly WrittenEntry[]): Settings {
  if (entries.length === 0) return settings;
  return { ...settings, expect: [...settings.expect, ...expectList.parse(entries)] };
}

/**
 * Keeps what the tags of all groups say where training finds it, and reports entries that cannot be
 * read when they appear.
 * @param groups all that are enrolled.
 */
export async function keepExpected(
  store: ExpectStore<TaggedExpectations>,
  groups: readonly Pick<EnrolledGroup, 'applicationId' | 'expected'>[],
  report: (what: string, error: unknown) => void,
): Promise<void> {
  const listed = groups.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  const tagged: TaggedExpectations = {
    entries: listed.flatMap(({ expected }) => expected?.entries ?? []),
    faults: listed.flatMap(({ expected }) => expected?.faults ?? []),
  };
  const known = (await store.read()) ?? { entries: [], faults: [] };
  if (JSON.stringify(known) === JSON.stringify(tagged)) return;
  for (const fault of tagged.faults) {
    if (!known.faults.includes(fault)) report('expected events', new Error(fault));
  }
  await store.write(tagged);
}
