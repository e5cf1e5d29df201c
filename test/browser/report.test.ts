import { describe, expect, it } from 'vitest';
import { hasBrowser, useReport } from './use-report.ts';

describe.skipIf(!hasBrowser)('the report in a browser', () => {
  const { page, open, section, openSection, scrollThrough, strictComplaints } = useReport();

  it('complies with its content security policy', async () => {
    await open();
    expect(await strictComplaints()).toEqual([]);
  });

  it('draws a chart only when it becomes visible', async () => {
    await open();
    const week = page().locator('[data-chart=week-c2]');
    expect(await week.locator('svg').count()).toBe(0);
    await page().locator('#clusters > summary').click();
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
    await page().keyboard.press('ArrowLeft');
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
    const width = await page().evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });

  it('switches between light and dark and redraws the charts', async () => {
    await open();
    await page().locator('[data-chart=frontier]').scrollIntoViewIfNeeded();
    const line = page().locator('[data-chart=frontier] path[stroke="#0a5c9c"]').first();
    await line.waitFor({ state: 'attached' });
    const background = () =>
      page().evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    expect(await background()).toBe('rgb(250, 249, 246)');
    await page().getByRole('button', { name: 'Dark colours' }).click();
    expect(await background()).toBe('rgb(20, 23, 27)');
    await page()
      .locator('[data-chart=frontier] path[stroke="#7cbcf4"]')
      .first()
      .waitFor({ state: 'attached' });
    expect(await page().locator('#theme').textContent()).toBe('Light colours');
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    await page().keyboard.press('Tab');
    expect(await page().evaluate<string>('document.activeElement.textContent')).toBe(
      'Skip to the results',
    );
    await page().locator('.opener').first().focus();
    await page().keyboard.press('Enter');
    const opened = page().locator('.entry:has(.opener[aria-expanded=true])');
    await opened.locator('[data-chart=history-cpu]').waitFor();
    expect(await opened.count()).toBe(1);
  });

  it('filters and sorts the applications', async () => {
    await open();
    await page().locator('#filter').fill('QUEUE');
    expect(await page().locator('.opener').allTextContents()).toEqual(['queue-worker']);
    expect(await page().locator('#found').textContent()).toBe('1 of 5');
    await page().locator('#filter').fill('no such thing');
    expect(await page().locator('#nothing-found').isVisible()).toBe(true);
    await page().locator('#filter').fill('');
    await page().getByRole('button', { name: 'Application', exact: true }).click();
    const names = await page().locator('.opener').allTextContents();
    expect(names).toEqual([...names].sort(new Intl.Collator('en', { numeric: true }).compare));
  });

  it('opens the application that a link names', async () => {
    await open();
    await page().locator('#next a', { hasText: 'queue-worker' }).first().click();
    await section(2).locator('[data-chart=history-cpu]').waitFor();
    expect(new URL(page().url()).hash).toBe('#app=queue-worker');
  });

  it('shows a hostile name as text', async () => {
    await open();
    expect(await section(0).locator('.opener').textContent()).toBe('</script><b>shop</b>');
    expect(await page().locator('.opener b').count()).toBe(0);
  });
});
