/**
 * Records first commands in a terminal, in an empty folder that has the package:
 * npx tsx scripts/record-demo.ts. Writes docs/images/demo.cast, which asciinema plays, and
 * docs/images/demo.svg, which the README shows. Needs `script` of util-linux. Waits are played
 * faster than they were.
 */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { castText, paced, type Cast, type CastEvent } from './demo/cast.ts';
import { recordCommand } from './demo/record-command.ts';
import { renderCast } from './demo/render-cast.ts';

const PROJECT = join(import.meta.dirname, '..');
const COMMANDS = [
  'npx foreprint sample --out fleet.csv --days 9',
  'npx foreprint import fleet.csv',
  'npx foreprint train shop-eu',
  'npx foreprint allocate shop-eu',
];
const SIZE = { width: 100, height: 34 };
const PACE = { mostSeconds: 3, frameSeconds: 0.2 };
/** Of the prompt, of every key, and of reading what a command has printed. */
const [PROMPT_SECONDS, KEY_SECONDS, READ_SECONDS] = [0.6, 0.04, 1.2];

const folder = mkdtempSync(join(tmpdir(), 'foreprint-demo-'));
const programs = join(folder, 'node_modules/.bin');
await makeDirectory(programs);
symlinkSync(join(PROJECT, 'bin/foreprint.js'), join(programs, 'foreprint'));

const events: CastEvent[] = [];
let now = 0;
const show = (seconds: number, text: string): void => {
  now = Math.max(now, seconds);
  events.push([Math.round(now * 1000) / 1000, 'o', text]);
};
try {
  for (const command of COMMANDS) {
    show(now + PROMPT_SECONDS, '$ ');
    for (const key of command) show(now + KEY_SECONDS, key);
    show(now + 4 * KEY_SECONDS, '\r\n');
    const begin = now;
    const printed = await recordCommand(command, { ...SIZE, folder });
    for (const [seconds, , text] of paced(printed, PACE)) show(begin + seconds, text);
    now += READ_SECONDS;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const title = 'A fleet is simulated, imported, trained on, and an application is allocated to';
const cast: Cast = { ...SIZE, title, events };
const images = join(PROJECT, 'docs/images');
writeFileSync(join(images, 'demo.cast'), castText(cast));
writeFileSync(join(images, 'demo.svg'), await renderCast(cast));
