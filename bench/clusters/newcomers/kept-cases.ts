import { kept } from '../kept.ts';
import type { FleetCases } from './measure-newcomers.ts';
import { newcomerCases } from './newcomer-cases.ts';
import type { NewcomerFleet } from './newcomer-fleets.ts';

/** The forecasts of a fleet's newcomers, kept in a folder if one is given. */
export const keptCases = (
  name: string,
  read: () => Promise<NewcomerFleet>,
  folder: string | undefined,
): Promise<FleetCases> =>
  kept(folder, `${name}.cases`, async () => {
    const fleet = await read();
    return { owner: fleet.owner, cases: await newcomerCases(fleet) };
  });
