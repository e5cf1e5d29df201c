import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { hasBrowser, useReport } from './use-report.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(!hasBrowser)('the report for everybody, on every screen and on paper', () => {
  const { page, open, section, openSection, scrollThrough } = useReport();

  it.each([false, true])(
    'has no accessibility fault that axe can find (dark: %s)',
    async (dark) => {
      await open({ dark });
      for (const fold of await page().locator('.fold > summary').all()) await fold.click();
      await openSection(0);
      await openSection(1);
      await section(0).locator('.log > summary').click();
      await scrollThrough();
      await page().addScriptTag({ path: AXE });
      const faults = await page().evaluate(async () => {
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
    const figure = section(0).locator('.figure', {
      has: page().locator('[data-chart=history-cpu]'),
    });
    const dashed = figure.locator('svg path[stroke-dasharray="5,3"]');
    await expect.poll(() => dashed.count()).toBeGreaterThan(0);
    await figure.getByRole('button', { name: 'Median forecast' }).click();
    await expect.poll(() => dashed.count()).toBe(0);
  });

  it('saves the table of applications as CSV', async () => {
    await open();
    const [download] = await Promise.all([
      page().waitForEvent('download'),
      page().locator('[data-csv=fleet]').click(),
    ]);
    expect(download.suggestedFilename()).toBe('applications.csv');
    const text = readFileSync(await download.path(), 'utf8');
    const [head, ...rows] = text.trim().split('\r\n');
    expect(head).toMatch(/^application_id,application_type,service,cost,/);
    expect(rows).toHaveLength(5);
  });

  it('prints every chart and every row, and is put back afterwards', async () => {
    await open();
    await page().locator('#pager').waitFor({ state: 'attached' });
    await expect.poll(() => page().locator('#found').textContent()).toBe('5 applications');
    await page().evaluate('dispatchEvent(new Event("beforeprint"))');
    for (const chart of await page().locator('main [data-chart]').all()) {
      expect(await chart.locator('svg path').count()).toBeGreaterThan(2);
    }
    expect(await page().locator('.fold:not([open])').count()).toBe(0);
    await page().evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page().locator('.fold[open]').count()).toBe(0);
  });

  it.each([1440, 1024, 390])('shows everything in order at %i pixels', async (width) => {
    await open({ width });
    await scrollThrough();
    expect(
      await page().evaluate<number>('document.documentElement.scrollWidth'),
    ).toBeLessThanOrEqual(width);
    const tops: number[] = [];
    for (const id of ['verdict', 'month', 'next', 'applications', 'frontier', 'more']) {
      const box = (await page().locator(`#${id}`).boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
      tops.push(box.y);
    }
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    // Everything that can be opened is open.
    for (const fold of await page().locator('.fold > summary').all()) await fold.click();
    await page().locator('#frontier summary').click();
    await openSection(0);
    await section(0).locator('.log > summary').click();
    // Links that a finger cannot hit, and boxes that scroll both ways.
    const small = await page().evaluate<string[]>(`[...document.querySelectorAll('main a')]
      .map((link) => [link.textContent, link.getBoundingClientRect().height])
      .filter(([, height]) => height > 0 && height < 24).map(([text]) => text)`);
    expect(small).toEqual([]);
    const both = await page().evaluate<number>(`[...document.querySelectorAll('main *')].filter(
      (box) => box.scrollWidth > box.clientWidth + 1 && box.scrollHeight > box.clientHeight + 1 &&
        /auto|scroll/.test(getComputedStyle(box).overflowY)).length`);
    expect(both).toBe(0);
    // On a phone nothing scrolls sideways at all.
    const sideways = await page().evaluate<string[]>(`[...document.querySelectorAll('body *')]
      .filter((box) => box.scrollWidth > box.clientWidth + 1 &&
        /auto|scroll/.test(getComputedStyle(box).overflowX))
      .map((box) => box.getAttribute('aria-label') ?? box.className)`);
    if (width === 390) expect(sideways).toEqual([]);
    expect(
      await page().evaluate<number>('document.documentElement.scrollWidth'),
    ).toBeLessThanOrEqual(width);
  });
});
