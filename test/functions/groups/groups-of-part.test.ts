import { expect, test } from 'vitest';
import { scheduledEventSchema } from '#functions/events/scheduled-event.ts';
import { groupsOfPart } from '#functions/groups/groups-of-part.ts';
import { SCHEDULED_EVENT } from '#test/functions/events/example-events.ts';

const groups = Array.from({ length: 1000 }, (_, k) => ({ applicationId: `group-${k}` }));

test('every group is in one part, and no part is much larger than another', () => {
  const parts = [0, 1, 2, 3].map((part) => groupsOfPart(groups, { part, parts: 4 }));
  expect(new Set(parts.flat()).size).toBe(1000);
  expect(parts.flat()).toHaveLength(1000);
  for (const part of parts) expect(part.length).toBeGreaterThan(200);
  expect(groupsOfPart(groups)).toEqual(groups);
});

test('a tick says which part it is of', () => {
  const { share } = scheduledEventSchema.parse({ ...SCHEDULED_EVENT, part: 1, parts: 3 });
  expect(share).toEqual({ part: 1, parts: 3 });
});
