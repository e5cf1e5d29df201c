/**
 * Takes the pictures of a report: node docs/images/take-screenshot.js [report/index.html]
 * Writes the README's report.png next to this file, and what docs/report.md shows to report/: the
 * first screens at three widths, light and dark, and the first printed page. Needs Chromium at
 * /usr/bin/chromium.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = dirname(fileURLToPath(import.meta.url));
const report = pathToFileURL(resolve(process.argv[2] ?? 'report/index.html')).href;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
});

/** A page of the report, with the charts of its first screens drawn. */
async function open(options) {
  const page = await browser.newPage(options);
  await page.goto(report);
  await page.locator('#fleet .entry').first().waitFor();
  return page;
}

const first = await open({ viewport: { width: 1200, height: 1900 }, colorScheme: 'light' });
await first.screenshot({ path: join(folder, 'report.png') });
await first.close();

mkdirSync(join(folder, 'report'), { recursive: true });
/** Smaller than on a screen: the pictures show the arrangement. */
const deviceScaleFactor = 0.6;
for (const [width, height] of [
  [1440, 1500],
  [1024, 1500],
  [390, 1500],
]) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open({ viewport: { width, height }, colorScheme, deviceScaleFactor });
    const path = join(folder, 'report', `${width}-${colorScheme}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: 70 });
    await page.close();
  }
}
const printed = await open({ viewport: { width: 816, height: 1500 }, deviceScaleFactor });
await printed.emulateMedia({ media: 'print' });
await printed.evaluate('dispatchEvent(new Event("beforeprint"))');
await printed.screenshot({
  path: join(folder, 'report', 'print.jpg'),
  type: 'jpeg',
  quality: 70,
});
await browser.close();
