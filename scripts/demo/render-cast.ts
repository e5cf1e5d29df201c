import xterm from '@xterm/headless';
import type { Cast } from './cast.ts';

/** Pixels of a character and around the text. */
const [ADVANCE, LINE, MARGIN] = [7.8, 18, 14];
/** How long the last screen stays before the picture begins anew, seconds. */
const HOLD_SECONDS = 10;

interface Screen {
  readonly seconds: number;
  readonly lines: readonly string[];
}

/** What the terminal shows after each event; a screen like the one before is left out. */
async function screensOf({ width, height, events }: Cast): Promise<readonly Screen[]> {
  const terminal = new xterm.Terminal({ cols: width, rows: height, allowProposedApi: true });
  const screens: Screen[] = [];
  for (const [seconds, , text] of events) {
    await new Promise<void>((resolve) => terminal.write(text, resolve));
    const { active } = terminal.buffer;
    const lines = Array.from({ length: height }, (_, row) => {
      return active.getLine(active.viewportY + row)?.translateToString(true) ?? '';
    });
    if (screens.at(-1)?.lines.join('\n') !== lines.join('\n')) screens.push({ seconds, lines });
  }
  terminal.dispose();
  return screens;
}

/**
 * A cast as a picture that moves by itself, in browsers and on pages that show pictures only: the
 * screens stand beside each other, and a strip of them is moved past a window. Whoever wants less
 * motion sees the last screen.
 * @throws RangeError if nothing was printed.
 */
export async function renderCast(cast: Cast): Promise<string> {
  const screens = await screensOf(cast);
  const last = screens.at(-1);
  if (last === undefined) throw new RangeError('nothing was printed');
  const width = Math.ceil(cast.width * ADVANCE + 2 * MARGIN);
  const height = cast.height * LINE + 2 * MARGIN;
  const total = last.seconds + HOLD_SECONDS;
  const ids = new Map<string, string>();
  const frames = screens.map(({ lines }, screen) => {
    const rows = lines.flatMap((line, row) => {
      if (line === '') return [];
      const id = ids.get(line) ?? `l${ids.size}`;
      ids.set(line, id);
      const x = screen === 0 ? '' : ` x="${screen * width}"`;
      return `<use href="#${id}"${x} y="${row * LINE}"/>`;
    });
    return rows.join('');
  });
  const texts = [...ids].map(
    ([line, id]) =>
      `<text id="${id}" x="${MARGIN}" y="${MARGIN + 13}"${line.startsWith('$ ') ? ' class="p"' : ''}>${escaped(line)}</text>`,
  );
  const moves = screens.map(({ seconds }, screen) => {
    const at = screen === 0 ? 0 : (100 * seconds) / total;
    return `${at.toFixed(2)}%{transform:translateX(-${screen * width}px)}`;
  });
  const end = `translateX(-${(screens.length - 1) * width}px)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(cast.title)}">
<style>
text{font:13px/1.4 ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace;fill:#dfe3e8;white-space:pre}
.p{fill:#7cbcf4;font-weight:600}
.s{animation:s ${total.toFixed(2)}s step-end infinite}
@keyframes s{${moves.join('')}100%{transform:${end}}}
@media(prefers-reduced-motion:reduce){.s{animation:none;transform:${end}}}
</style>
<defs>${texts.join('\n')}</defs>
<rect width="100%" height="100%" rx="6" fill="#14171b"/>
<g class="s">${frames.join('\n')}</g>
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
