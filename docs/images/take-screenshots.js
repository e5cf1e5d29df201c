/**
 * Takes the pictures of the README from a report: node docs/images/take-screenshots.js [report/index.html]
 * Writes report- and application-, light and dark, as PNG next to this file. Needs Chromium at /usr/bin/chromium.
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

for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme });
  await page.goto(report);
  await page.locator('details.application > summary').first().click();
  const chart = page.locator('[data-chart=allocation]').first();
  await chart.scrollIntoViewIfNeeded();
  await chart.locator('svg').waitFor();
  await page.locator('[data-chart=frontier]').scrollIntoViewIfNeeded();
  await page.locator('[data-chart=frontier] svg').waitFor();
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, `report-${colorScheme}.png`), fullPage: false });
  const section = page.locator('details.application').first();
  await section.scrollIntoViewIfNeeded();
  await page.evaluate("document.querySelector('details.application').scrollIntoView()");
  await page.screenshot({ path: join(folder, `application-${colorScheme}.png`) });
  await page.close();
}
await browser.close();
