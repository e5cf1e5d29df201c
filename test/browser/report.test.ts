import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '#html-report/page/render-report.ts';
import { fixtureReplay } from '#test/html-report/page/fixture.ts';

const CHROMIUM = '/usr/bin/chromium';
const found = existsSync(CHROMIUM);
const wanted = found || process.env['CI'] === 'true';
const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface View {
  readonly width?: number;
  readonly dark?: boolean;
}

if (!wanted) console.warn(`skipped: no browser at ${CHROMIUM}`);

describe.skipIf(!wanted)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let complaints: string[];
  let requests: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'foreprint-report-'));
    const replay = fixtureReplay({
      simulated: true,
      resources: ['cpu', 'memory', 'disk', 'network'],
      names: ['</script><b>shop</b>'],
    });
    writeFileSync(join(folder, 'report.html'), await renderReport(replay));
    // As long as a busy machine takes: the test's own limit ends what hangs.
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, timeout: 0 });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    expect(complaints).toEqual([]);
    // A table that is saved comes from the page itself.
    const foreign = requests.filter((url) => !url.startsWith('blob:'));
    expect(foreign.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(foreign).toHaveLength(1);
    await page.context().close();
  });

  async function open({ width = 1200, dark = false }: View = {}): Promise<void> {
    // bypassCSP: axe is put into the page as a script of its own.
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: dark ? 'dark' : 'light',
      bypassCSP: true,
    });
    context.setDefaultTimeout(0);
    page = await context.newPage();
    complaints = [];
    requests = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  }

  const section = (position: number) => page.locator(`.entry[data-position="${position}"]`);

  async function openSection(position: number): Promise<void> {
    await section(position).locator('.opener').click();
    const first = section(position).locator('[data-chart=history-cpu]');
    await first.scrollIntoViewIfNeeded();
    await first.locator('svg').waitFor();
  }

  /** Scrolls through the whole page so that everything is drawn. */
  async function scrollThrough(): Promise<void> {
    for (const chart of await page.locator('[data-chart]:visible').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('svg').waitFor();
    }
  }

  it('complies with its content security policy', async () => {
    await open();
    const context = await browser.newContext();
    context.setDefaultTimeout(0);
    const strict = await context.newPage();
    const blocked: string[] = [];
    strict.on('console', (message) => blocked.push(message.text()));
    strict.on('pageerror', (error) => blocked.push(error.message));
    await strict.goto(pathToFileURL(join(folder, 'report.html')).href);
    await strict.locator('[data-chart=frontier]').scrollIntoViewIfNeeded();
    await strict.locator('[data-chart=frontier] svg').waitFor();
    await context.close();
    expect(blocked).toEqual([]);
  });

  it('draws a chart only when it becomes visible', async () => {
    await open();
    const week = page.locator('[data-chart=week-c2]');
    expect(await week.locator('svg').count()).toBe(0);
    await page.locator('#clusters > summary').click();
    await week.scrollIntoViewIfNeeded();
    await week.locator('svg').waitFor();
    expect(await week.locator('svg path').count()).toBeGreaterThan(4);
  });

  it('shows every kind of chart and table of an application, and empties it when it is closed', async () => {
    await open();
    await openSection(0);
    await scrollThrough();
    const charts = section(0).locator('[data-chart]');
    expect(await charts.count()).toBe(9);
    for (const chart of await charts.all()) {
      expect(await chart.getAttribute('aria-label')).toMatch(/\d/);
      expect(await chart.locator('svg path').count()).toBeGreaterThan(4);
    }
    expect(await section(0).locator('h4').allTextContents()).toEqual([
      'History',
      'Allocation',
      'Forecast',
      'Incidents',
      'Model selection',
      'Decision log',
    ]);
    await section(0).locator('.opener').click();
    await expect.poll(() => section(0).locator('.body > *').count()).toBe(0);
  });

  it('explains the allocation of any step, by keyboard, by button and by a click in a chart', async () => {
    await open();
    await openSection(0);
    const answer = section(0).locator('.why-answer');
    const slider = section(0).locator('.why input');
    const said = async () => (await answer.locator('p').textContent()) ?? '';
    await expect.poll(said).toMatch(/UTC: \d+ instances? from the application's own forecast/);
    await section(0).getByRole('button', { name: 'Change before' }).click();
    expect(await answer.locator('dt').allTextContents()).toEqual([
      'Capacity before',
      'Capacity requested',
      'Demand in the step before',
      'Demand in this step',
      'Basis',
      'Forecast need',
      'Safety margin',
      'Instances worth their cost',
      'Expected use of the last instance',
      'Reactive evidence',
      'Available',
      'Limits',
      'One instance holds',
    ]);
    const step = async () => Number(await slider.inputValue());
    const first = await step();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await step()).toBe(first - 1);
    const earlier = await said();
    await section(0).getByRole('button', { name: 'Change before' }).click();
    expect(await step()).toBeLessThan(first - 1);
    expect(await said()).not.toBe(earlier);
    expect(await answer.locator('dd').nth(0).textContent()).not.toBe(
      (await answer.locator('dd').nth(1).textContent())?.split(',')[0],
    );
    const chart = section(0).locator('[data-chart=allocation]');
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('svg').waitFor();
    const box = (await chart.boundingBox())!;
    await chart.click({ position: { x: box.width * 0.8, y: 100 } });
    const lastStep = Number(await slider.getAttribute('max'));
    await expect.poll(step).toBeGreaterThan(lastStep * 0.7);
    expect(await step()).toBeLessThan(lastStep * 0.9);
    const chosen = await slider.getAttribute('aria-valuetext');
    expect(await said()).toContain(chosen);
  });

  it('does not scroll sideways at 360 pixels', async () => {
    await open({ width: 360 });
    await openSection(0);
    await section(0).locator('.log > summary').click();
    await scrollThrough();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });

  it('switches between light and dark and redraws the charts', async () => {
    await open();
    await page.locator('[data-chart=frontier]').scrollIntoViewIfNeeded();
    const line = page.locator('[data-chart=frontier] path[stroke="#0a5c9c"]').first();
    await line.waitFor({ state: 'attached' });
    const background = () =>
      page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    expect(await background()).toBe('rgb(250, 249, 246)');
    await page.getByRole('button', { name: 'Dark colours' }).click();
    expect(await background()).toBe('rgb(20, 23, 27)');
    await page
      .locator('[data-chart=frontier] path[stroke="#7cbcf4"]')
      .first()
      .waitFor({ state: 'attached' });
    expect(await page.locator('#theme').textContent()).toBe('Light colours');
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe(
      'Skip to the results',
    );
    await page.locator('.opener').first().focus();
    await page.keyboard.press('Enter');
    const opened = page.locator('.entry:has(.opener[aria-expanded=true])');
    await opened.locator('[data-chart=history-cpu]').waitFor();
    expect(await opened.count()).toBe(1);
  });

  it('filters and sorts the applications', async () => {
    await open();
    await page.locator('#filter').fill('QUEUE');
    expect(await page.locator('.opener').allTextContents()).toEqual(['queue-worker']);
    expect(await page.locator('#found').textContent()).toBe('1 of 5');
    await page.locator('#filter').fill('no such thing');
    expect(await page.locator('#nothing-found').isVisible()).toBe(true);
    await page.locator('#filter').fill('');
    await page.getByRole('button', { name: 'Application', exact: true }).click();
    const names = await page.locator('.opener').allTextContents();
    expect(names).toEqual([...names].sort(new Intl.Collator('en', { numeric: true }).compare));
  });

  it('opens the application that a link names', async () => {
    await open();
    await page.locator('#next a', { hasText: 'queue-worker' }).first().click();
    await section(2).locator('[data-chart=history-cpu]').waitFor();
    expect(new URL(page.url()).hash).toBe('#app=queue-worker');
  });

  it('shows a hostile name as text', async () => {
    await open();
    expect(await section(0).locator('.opener').textContent()).toBe('</script><b>shop</b>');
    expect(await page.locator('.opener b').count()).toBe(0);
  });

  it.each([false, true])(
    'has no accessibility fault that axe can find (dark: %s)',
    async (dark) => {
      await open({ dark });
      for (const fold of await page.locator('.fold > summary').all()) await fold.click();
      await openSection(0);
      await openSection(1);
      await section(0).locator('.log > summary').click();
      await scrollThrough();
      await page.addScriptTag({ path: AXE });
      const faults = await page.evaluate(async () => {
        // axe puts itself on the window.
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      expect(faults).toEqual([]);
    },
  );

  it('hides and shows a series by its legend', async () => {
    await open();
    await openSection(0);
    const figure = section(0).locator('.figure', { has: page.locator('[data-chart=history-cpu]') });
    const dashed = figure.locator('svg path[stroke-dasharray="5,3"]');
    await expect.poll(() => dashed.count()).toBeGreaterThan(0);
    await figure.getByRole('button', { name: 'Median forecast' }).click();
    await expect.poll(() => dashed.count()).toBe(0);
  });

  it('saves the table of applications as CSV', async () => {
    await open();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-csv=fleet]').click(),
    ]);
    expect(download.suggestedFilename()).toBe('applications.csv');
    const text = readFileSync(await download.path(), 'utf8');
    const [head, ...rows] = text.trim().split('\r\n');
    expect(head).toMatch(/^application_id,application_type,service,cost,/);
    expect(rows).toHaveLength(5);
  });

  it('prints every chart and every row, and is put back afterwards', async () => {
    await open();
    await page.locator('#pager').waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('#found').textContent()).toBe('5 applications');
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    for (const chart of await page.locator('main [data-chart]').all()) {
      expect(await chart.locator('svg path').count()).toBeGreaterThan(2);
    }
    expect(await page.locator('.fold:not([open])').count()).toBe(0);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('.fold[open]').count()).toBe(0);
  });

  it.each([1440, 1024, 390])('shows everything in order at %i pixels', async (width) => {
    await open({ width });
    await scrollThrough();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      width,
    );
    const tops: number[] = [];
    for (const id of ['verdict', 'month', 'next', 'applications', 'frontier', 'more']) {
      const box = (await page.locator(`#${id}`).boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
      tops.push(box.y);
    }
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    // Links that a finger cannot hit, and boxes that scroll both ways.
    const small = await page.evaluate<string[]>(`[...document.querySelectorAll('main a')]
      .map((link) => [link.textContent, link.getBoundingClientRect().height])
      .filter(([, height]) => height > 0 && height < 24).map(([text]) => text)`);
    expect(small).toEqual([]);
    const both = await page.evaluate<number>(`[...document.querySelectorAll('main *')].filter(
      (box) => box.scrollWidth > box.clientWidth + 1 && box.scrollHeight > box.clientHeight + 1 &&
        /auto|scroll/.test(getComputedStyle(box).overflowY)).length`);
    expect(both).toBe(0);
  });
});
