import * as z from 'zod';
import { checkExpected, expectShape } from '#core/domain/settings/expect-settings.ts';
import { section } from '#core/domain/settings/sections.ts';

// A function looks up no holidays: their tables are large.
const { shape } = z.object(expectShape).omit({ holidays: true });

/** An entry of the settings' `expect`, as people write it for groups. */
export const expectedOfGroups = section({
  ...shape,
  groups: z
    .array(z.string().min(1, 'is empty'))
    .min(1, 'names no group')
    .optional()
    .describe('Names of the only groups that it is about; without it all groups.'),
}).superRefine(checkExpected);
