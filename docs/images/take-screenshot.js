/**
 * Takes the README's picture of a report: node docs/images/take-screenshot.js [report/index.html]
 * Writes report.png next to this file. Needs Chromium at /usr/bin/chromium.
 */
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
const page = await browser.newPage({
  viewport: { width: 1200, height: 2860 },
  colorScheme: 'light',
});
await page.goto(report);
await page.locator('[data-chart=frontier] svg').waitFor();
await page.screenshot({ path: join(folder, 'report.png') });
await browser.close();
