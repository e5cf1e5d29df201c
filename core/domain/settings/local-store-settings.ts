import { whole } from './fields.ts';
import { section } from './sections.ts';

const days = whole(1, 36_500).nullable();

/** How long the store of one machine keeps what it is given; a deployment has limits of its own. */
export const localStoreSection = section({
  historyDays: days
    .describe(
      "Days of measured points that the store of one machine keeps, counted from an application's newest; null keeps all. `monitor` deletes older points once a day, `store compact` also gives their space back.",
    )
    .default(null),
  logDays: days
    .describe(
      "Days of decisions that the store of one machine keeps, counted from an application's newest; null keeps all.",
    )
    .default(null),
});
