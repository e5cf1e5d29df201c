import { createHash } from 'node:crypto';

/** Which of several invocations that share a run is meant. */
export interface Share {
  readonly part: number;
  readonly parts: number;
}

/**
 * The groups of one part: a group stays in its part as others come and go, and parts are about
 * equally large.
 */
export function groupsOfPart<G extends { readonly applicationId: string }>(
  groups: readonly G[],
  { part, parts }: Share = { part: 0, parts: 1 },
): readonly G[] {
  return groups.filter(({ applicationId }) => {
    const hash = createHash('sha256').update(applicationId).digest();
    // Not the byte that the tables' shards go by.
    return hash.readUInt32BE(4) % parts === part;
  });
}
