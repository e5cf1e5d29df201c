import { ALLOCATION_MODES } from './allocation-modes.ts';
import { amount, flag, oneOf, whole } from './fields.ts';
import { perResource, section } from './sections.ts';
import { DAY } from './spans.ts';
import { typesByName } from './type-defaults.ts';

/** A longer start is a fault, and a forecast that looks so far ahead decides nothing. */
export const MOST_WARM_UP_SECONDS = DAY;

const instances = whole(1, 10_000).nullable();

/** How a forecast becomes instances. */
export const allocationSection = section({
  shortageCost: amount({ above: 0, to: 1_000_000 })
    .describe(
      'What one instance-hour of shortage costs, in units of one idle instance-hour (newsvendor), where `service` is `cost`. 9 to 1 chooses the 90th percentile.',
    )
    .default(9),
  idleCost: amount({ above: 0, to: 1_000_000 })
    .describe('What one idle instance-hour costs, where `service` is `cost`.')
    .default(1),
  outOfMemoryCost: amount({ from: 0, to: 1_000_000 })
    .describe(
      'What it costs when an instance is killed for want of memory, in idle instance-hours. Brief daily peaks of memory are held all day where the kills would cost more than the instances that idle for them: at 26 one more instance, if a peak comes practically every day. 0 holds none.',
    )
    .default(26),
  warmUpSeconds: amount({ from: 0, to: MOST_WARM_UP_SECONDS })
    .describe(
      'Instance warm-up: seconds from a decision to a new instance in service, until the starts of the application itself are known. Formerly `bootSeconds`.',
    )
    .default(600),
  unreliableWidth: amount({ above: 0, to: 1_000_000 })
    .describe(
      'A forecast counts as unreliable when its 80 % interval was on average wider than this multiple of the series in cross-validation.',
    )
    .default(1.5),
  safetyMargin: amount({ from: 0, to: 100 })
    .describe(
      'Margin of an unreliable forecast: `safetyFactor` × `safetyMargin` × half its 80 % interval where it is widest before a new instance is in service.',
    )
    .default(0.1),
  safetyFactor: amount({ from: 0, to: 100 }).describe('See `safetyMargin`.').default(1),
  overThreshold: amount({ above: 0, to: 1000 })
    .describe('Monitoring starts scaling when actual ÷ allocated use is above this.')
    .default(1),
  underThreshold: amount({ from: 0, to: 1000 })
    .describe(
      'Monitoring reports over-allocation when actual ÷ allocated use is below this. Must be below `overThreshold`.',
    )
    .default(0.3),
  targetUtilization: perResource(amount({ from: 0.01, to: 1 }).default(1))
    .describe("Share of an instance's capacity that may be used.")
    .prefault({}),
  useEndsAtCapacity: flag()
    .describe(
      'Whether CPU ends at the capacity in service, as on machines of its own: use near it then says "at least". False where more can be measured, as of pods that use more than they request.',
    )
    .default(true),
  service: oneOf(['tracking', 'alarms', 'level', 'cost'])
    .describe(
      "What decides. `tracking`: an application is served no worse than target tracking would serve it, for as few instances as its own record allows; where nothing would, target tracking decides. `alarms`: the same, beside target tracking with the alarms of CloudWatch, as groups of an AWS account are steered; beside a group's own dynamic policy it takes the floor that leaves the fewest short steps for few hours. `level`: what was short for no more of the time than `shortTime` in the application's own record, for the fewest instances. `cost`: `shortageCost` and `idleCost` decide; where `useEndsAtCapacity` and a shortage costs up to 32 times as much, by what would have cost least in the application's own record.",
    )
    .default('tracking'),
  policyTarget: amount({ from: 0.05, to: 1 })
    .nullable()
    .describe(
      'Target utilization of the target tracking that an application is compared with: where `service` is `tracking` or `alarms`, it is served no worse. It also decides before anything is known. A higher one takes fewer instances and serves less. null for 70 %, or five sixths of `targetUtilization` where that is less.',
    )
    .default(null),
  shortTime: amount({ above: 0, to: 0.5 })
    .describe(
      'Share of the time for which an application may be short, where `service` is `level`: 0.001 is a minute and a half a day. It is aimed at and not promised: where nothing that was tried was short so seldom, what was short least decides.',
    )
    .default(0.001),
  mode: oneOf(ALLOCATION_MODES)
    .describe('`observe` recommends only, `scale-out` never lowers, `full` does both.')
    .default('full'),
  maxIncrease: instances
    .describe('Most instances that one decision may add; null for as many as it wants.')
    .default(null),
  maxDecrease: instances
    .describe('Most instances that one decision may take away; null for as many as it wants.')
    .default(null),
  defaultsByType: typesByName
    .describe(
      'Per application type, what an application gets before anything is known of it. A type that is not built in starts from `default`.',
    )
    .prefault({}),
}).refine(({ underThreshold, overThreshold }) => underThreshold < overThreshold, {
  path: ['underThreshold'],
  error: 'must be below overThreshold',
});
