/**
 * Records the first command of the README in a terminal: npx tsx scripts/record-demo.ts. Writes
 * docs/images/demo.cast, which asciinema plays, and docs/images/demo.svg, which the README shows.
 * Needs `script` of util-linux. Waits are played faster than they were.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { castText, paced, type Cast, type CastEvent } from './demo/cast.ts';
import { recordCommand } from './demo/record-command.ts';
import { renderCast } from './demo/render-cast.ts';

const SIZE = { width: 100, height: 34 };
const PACE = { mostSeconds: 12, frameSeconds: 0.2 };
const COMMAND = 'npm start';
/** Of the prompt and of every key. */
const [PROMPT_SECONDS, KEY_SECONDS] = [0.6, 0.08];

const typed: CastEvent[] = [
  [0, 'o', '$ '],
  ...[...COMMAND].map((key, k): CastEvent => [PROMPT_SECONDS + k * KEY_SECONDS, 'o', key]),
  [PROMPT_SECONDS + (COMMAND.length + 3) * KEY_SECONDS, 'o', '\r\n'],
];
const begin = typed.at(-1)![0];
const printed = paced(await recordCommand(COMMAND, SIZE), PACE);
const cast: Cast = {
  ...SIZE,
  title: `${COMMAND}: a fleet of simulated applications is replayed, and a report is written`,
  events: [
    ...typed,
    ...printed.map(([seconds, kind, text]): CastEvent => [begin + seconds, kind, text]),
  ].map(([seconds, kind, text]) => [Math.round(seconds * 1000) / 1000, kind, text]),
};
const folder = join(import.meta.dirname, '../docs/images');
await writeFile(join(folder, 'demo.cast'), castText(cast));
await writeFile(join(folder, 'demo.svg'), await renderCast(cast));
