import { vi } from 'vitest';
import {
  openAccountBox,
  type AccountBox,
  type BoxOptions,
} from '#test/emulators/account/account-box.ts';
import { BOX_ENVIRONMENT } from '#test/emulators/account/box-environment.ts';
import type { BoxGroup } from '#test/emulators/account/box-group.ts';
import { importHandlers, type BoxHandlers } from '#test/emulators/account/box-handlers.ts';
import {
  BOX_TYPE,
  openBoxGroup,
  type ScenarioGroup,
} from '#test/emulators/account/open-box-group.ts';

/** A box with the handlers around it. */
export interface Scenario {
  readonly box: AccountBox;
  readonly handlers: BoxHandlers;
  close(): void;
}

/** Opens a scenario: groups, stores, and the product's handlers in front of them. */
export async function openScenario(
  groups: readonly ScenarioGroup[],
  check: (group: BoxGroup, nowSeconds: number) => void,
  own: Pick<BoxOptions, 'deliveries' | 'reversed' | 'isAllowed'> & {
    /** Keys of the configuration beside those of `BOX_ENVIRONMENT`. */
    readonly configuration?: object;
  } = {},
): Promise<Scenario> {
  // Clients and what functions remember are made when they are imported: for this scenario alone.
  vi.resetModules();
  const { configuration, ...options } = own;
  const known = JSON.parse(BOX_ENVIRONMENT.FOREPRINT_CONFIGURATION) as object;
  Object.assign(process.env, BOX_ENVIRONMENT, {
    FOREPRINT_CONFIGURATION: JSON.stringify({ ...known, ...configuration }),
  });
  const boxGroups = groups.map(openBoxGroup);
  const box = openAccountBox({
    groups: boxGroups,
    types: [BOX_TYPE],
    phaseSeconds: 180,
    ...options,
    check: () => {
      for (const group of boxGroups) check(group, box.nowSeconds);
    },
  });
  return { box, handlers: await importHandlers(), close: () => box.close() };
}
