import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { renderReport } from '#html-report/page/render-report.ts';
import { fixtureReplay, type FixtureOptions } from '#test/html-report/page/fixture.ts';

const CHROMIUM = '/usr/bin/chromium';
const found = existsSync(CHROMIUM);
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

/** Whether there is a browser, or one has to be there. */
export const hasBrowser = found || process.env['CI'] === 'true';
if (!hasBrowser) console.warn(`skipped: no browser at ${CHROMIUM}`);

interface View {
  readonly width?: number;
  readonly dark?: boolean;
}

/** A report in a browser. */
export interface OpenReport {
  page(): Page;
  /** Opens it anew; whatever the page complains of fails the test. */
  open(view?: View): Promise<void>;
  section(position: number): Locator;
  openSection(position: number): Promise<void>;
  /** Scrolls through the whole page so that everything is drawn. */
  scrollThrough(): Promise<void>;
  /** What a page of its own, with the content security policy in force, complains of. */
  strictComplaints(): Promise<readonly string[]>;
}

/** Renders a report for the tests of a file, which share the browser. */
export function useReport(options: FixtureOptions = {}): OpenReport {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let complaints: string[];
  let requests: string[];
  const address = (): string => pathToFileURL(join(folder, 'report.html')).href;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'foreprint-report-'));
    const replay = fixtureReplay({
      simulated: true,
      resources: ['cpu', 'memory', 'disk', 'network'],
      names: ['</script><b>shop</b>'],
      ...options,
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
    await page.goto(address());
  }

  const section = (position: number): Locator =>
    page.locator(`.entry[data-position="${position}"]`);

  return {
    page: () => page,
    open,
    section,
    async openSection(position) {
      await section(position).locator('.opener').click();
      const first = section(position).locator('[data-chart=history-cpu]');
      await first.scrollIntoViewIfNeeded();
      await first.locator('svg').waitFor();
    },
    async scrollThrough() {
      for (const chart of await page.locator('[data-chart]:visible').all()) {
        await chart.scrollIntoViewIfNeeded();
        await chart.locator('svg').waitFor();
      }
    },
    async strictComplaints() {
      const context = await browser.newContext();
      context.setDefaultTimeout(0);
      const strict = await context.newPage();
      const blocked: string[] = [];
      strict.on('console', (message) => blocked.push(message.text()));
      strict.on('pageerror', (error) => blocked.push(error.message));
      await strict.goto(address());
      await strict.locator('[data-chart=frontier]').scrollIntoViewIfNeeded();
      await strict.locator('[data-chart=frontier] svg').waitFor();
      await context.close();
      return blocked;
    },
  };
}
