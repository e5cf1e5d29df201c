import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { FleetCases } from './measure-newcomers.ts';
import { newcomerCases } from './newcomer-cases.ts';
import type { NewcomerFleet } from './newcomer-fleets.ts';

/**
 * The forecasts of a fleet's newcomers. With a folder they are kept in it, and taken from it where
 * they are there, so that a run can be split; it has to be emptied when a forecast changes.
 */
export async function keptCases(
  name: string,
  read: () => Promise<NewcomerFleet>,
  folder: string | undefined,
): Promise<FleetCases> {
  const file = folder && join(folder, `${name}.cases`);
  if (file && existsSync(file)) return deserialize(await readFile(file)) as FleetCases;
  const fleet = await read();
  const found = { owner: fleet.owner, cases: await newcomerCases(fleet) };
  if (file) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, serialize(found));
  }
  return found;
}
