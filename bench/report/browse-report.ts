/**
 * What a browser does with a report of many applications: npm run bench:report [-- APPLICATIONS
 * [ROUNDS]] [--write]. Opens it, scrolls through it, sorts, filters, turns a page and opens an
 * application. Needs Chromium at /usr/bin/chromium. Times are of a headless browser that draws
 * without a graphics card.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { renderReport } from '#html-report/page/render-report.ts';
import { fixtureReplay } from '#test/html-report/page/fixture.ts';
import { benchArguments, renewTable } from '../write-table.ts';

const [applications = 1000, rounds = 3] = benchArguments.map(Number);
const DAYS = 28;
/** A frame that takes longer is seen as a stutter. */
const SLOW_FRAME_MS = 50;

interface Measured {
  readonly ms: number;
  /** Longest task of the page's thread, ms; tasks below 50 ms are not told, and count as 0. */
  readonly longestTask: number;
  /** Frames, and those that took longer than 50 ms. */
  readonly frames: number;
  readonly slowFrames: number;
}

/** Runs in the page before its own script: notes long tasks and the times of all frames. */
const WATCH = `
  globalThis.watched = { tasks: [], frames: [] };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.tasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  const note = (time) => { watched.frames.push(time); requestAnimationFrame(note); };
  requestAnimationFrame(note);
`;

/** Does something in the page, waits for the second frame after it, and says what it took. */
async function measure(page: Page, action: string): Promise<Measured> {
  return page.evaluate<Measured>(`(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    const from = performance.now();
    ${action};
    await nextFrame();
    await nextFrame();
    const to = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const frames = watched.frames.filter((time) => time >= from - 1 && time <= to + 20);
    const gaps = frames.slice(1).map((time, k) => time - frames[k]);
    const tasks = watched.tasks.filter(({ startTime, duration }) =>
      startTime + duration > from && startTime < to);
    return {
      ms: to - from,
      longestTask: Math.max(0, ...tasks.map(({ duration }) => duration)),
      frames: gaps.length,
      slowFrames: gaps.filter((gap) => gap > ${SLOW_FRAME_MS}).length,
    };
  })()`);
}

/** Eighty pixels a frame, as a fast wheel does. */
const SCROLL = `
  scrollTo(0, 0);
  for (let y = 0; y + innerHeight < document.documentElement.scrollHeight; y += 80) {
    scrollTo(0, y);
    await nextFrame();
  }`;

const ACTIONS: readonly (readonly [string, string])[] = [
  ['scroll from top to end', SCROLL],
  ['sort by service', `document.querySelector('[data-sort=service]').click()`],
  [
    'filter by a word',
    `const box = document.querySelector('#filter'); box.value = 'wiki';
     box.dispatchEvent(new Event('input', { bubbles: true }))`,
  ],
  [
    'take the filter back',
    `const box = document.querySelector('#filter'); box.value = '';
     box.dispatchEvent(new Event('input', { bubbles: true }))`,
  ],
  ['turn a page', `document.querySelector('[data-page="1"]').click()`],
  ['sort by hours again', `document.querySelector('[data-sort=hours]').click()`],
  [
    'open the first application, until its first chart is drawn',
    `document.querySelector('.opener').click();
     while (!document.querySelector('.detail:not([hidden]) [data-chart] svg')) await nextFrame()`,
  ],
  ['scroll from top to end with it open', SCROLL],
];

const elements = (page: Page) => page.evaluate<number>(`document.querySelectorAll('*').length`);

/** Opening, until the table answers, and every action after it. */
async function browse(
  address: string,
  page: Page,
): Promise<Map<string, Measured & { nodes: number }>> {
  await page.addInitScript(WATCH);
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('#pager').waitFor();
  const found = new Map<string, Measured & { nodes: number }>();
  const opened = await page.evaluate<{ ms: number; longestTask: number }>(`({
    ms: performance.now(), longestTask: Math.max(0, ...watched.tasks.map((task) => task.duration)),
  })`);
  const nodes = await elements(page);
  found.set('open, until the table can be used', { ...opened, frames: 0, slowFrames: 0, nodes });
  for (const [name, action] of ACTIONS) {
    const measured = await measure(page, action);
    found.set(name, { ...measured, nodes: await elements(page) });
  }
  return found;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const folder = mkdtempSync(join(tmpdir(), 'foreprint-browse-'));
const file = join(folder, 'report.html');
const some = fixtureReplay({ applications: 60, days: DAYS, resources: ['cpu'] });
const all = Array.from({ length: applications }, (_, k) => {
  const application = some.applications[k % 60]!;
  return { ...application, applicationId: `${application.applicationId}-of-${k}` };
});
const text = await renderReport({ ...some, applications: all });
writeFileSync(file, text);
const megabytes = Buffer.byteLength(text) / 1e6;
console.log(`${applications} applications, ${DAYS} days: ${megabytes.toFixed(1)} MB`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
});
try {
  const runs: Map<string, Measured & { nodes: number }>[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(0);
    runs.push(await browse(pathToFileURL(file).href, page));
    await page.close();
  }
  const rows = [...runs[0]!.keys()].map((what) => {
    const each = runs.map((run) => run.get(what)!);
    const of = (value: (measured: Measured & { nodes: number }) => number) =>
      median(each.map(value));
    const frames = each.reduce((sum, run) => sum + run.frames, 0);
    const slow = each.reduce((sum, run) => sum + run.slowFrames, 0);
    const longest = of(({ longestTask }) => longestTask);
    return {
      what,
      'time, ms': Math.round(of(({ ms }) => ms)),
      'longest task, ms': longest === 0 ? 'below 50' : String(Math.round(longest)),
      'frames over 50 ms': frames < 10 ? '–' : `${slow} of ${frames}`,
      elements: of(({ nodes }) => nodes),
    };
  });
  console.table(rows);
  await renewTable('speed', 'report', rows);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
