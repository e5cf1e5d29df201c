import type { ExpectStore } from '#adapters/aws/dynamodb/expect/dynamodb-expect-store.ts';
import type { TaggedExpectations } from '#cdk/configuration/expect-tags.ts';
import type { EnrolledGroup } from './enrolled-group.ts';

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
