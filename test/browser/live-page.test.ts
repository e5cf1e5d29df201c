import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#cli/serve/create-app.ts';
import { createLiveState, type LiveState } from '#cli/serve/live-state.ts';
import type { LiveFleet } from '#html-report/live/live-application.ts';
import { runAccelerated } from '#test/cli/serve/accelerated-loop.ts';

const CHROMIUM = '/usr/bin/chromium';
const found = existsSync(CHROMIUM);
const wanted = found || process.env['CI'] === 'true';
const ARGUMENTS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'];
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

if (!wanted) console.warn(`skipped: no browser at ${CHROMIUM}`);

describe.skipIf(!wanted)('the live page in a browser', () => {
  let browser: Browser;
  let state: LiveState;
  let fleet: LiveFleet;
  let url: string;
  const directory = mkdtempSync(join(tmpdir(), 'foreprint-live-'));
  let server: ReturnType<typeof createAdaptorServer>;

  beforeAll(async () => {
    fleet = await runAccelerated({ directory, intervals: 2 });
    state = createLiveState(fleet.health);
    state.replace(fleet);
    const app = createApp({
      state,
      token: null,
      version: '1.0.0',
      clock: { nowSeconds: () => 0 },
      use: () => ({ residentBytes: 0, startedAtSeconds: 0 }),
      again: () => undefined,
    });
    server = createAdaptorServer({ fetch: app.fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    url = `http://127.0.0.1:${address.port}/`;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, timeout: 0 });
  });

  afterAll(async () => {
    await browser.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(width: number): Promise<{ readonly page: Page; readonly faults: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    page.setDefaultTimeout(0);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(url);
    return { page, faults };
  }

  it('opens an application by keyboard, and follows what is decided', async () => {
    const { page, faults } = await open(1200);
    const link = page.getByRole('link', { name: 'shop/checkout' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('#application svg').first().waitFor();
    expect(await page.locator('#application-name').textContent()).toBe('shop/checkout');
    expect(await page.locator('#application').textContent()).toContain('instances');

    const applications = fleet.applications.map((application) => ({
      ...application,
      decision: { ...application.decision, instances: 77 },
    }));
    state.replace({ ...fleet, applications });
    await page.locator('#fleet td', { hasText: '77' }).first().waitFor();
    await page.locator('#application', { hasText: '77 instances' }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it('fits a phone, has no script in names, and nothing that axe finds', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, bypassCSP: true });
    page.setDefaultTimeout(0);
    state.replace(fleet);
    await page.goto(`${url}#${encodeURIComponent('shop/<b>cart</b>')}`);
    await page.locator('#application svg').first().waitFor();
    expect(await page.locator('#main b').count()).toBe(0);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    await page.addScriptTag({ path: AXE });
    const violations = await page.evaluate(async () => {
      // axe puts itself on the window.
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: readonly { readonly id: string }[] }> };
      };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
    await page.close();
  });
});
