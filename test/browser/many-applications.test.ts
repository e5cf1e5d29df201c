import { describe, expect, it } from 'vitest';
import { hasBrowser, useReport } from './use-report.ts';

const APPLICATIONS = 400;
/** Elements of a whole document, whatever the reader does with it. */
const MOST_ELEMENTS = 4000;

describe.skipIf(!hasBrowser)('the report of many applications in a browser', () => {
  const { page, open } = useReport({ applications: APPLICATIONS, resources: ['cpu'], names: [] });
  const elements = () => page().evaluate<number>(`document.querySelectorAll('*').length`);
  const shown = () => page().locator('.opener').count();
  const press = (name: string) => page().getByRole('button', { name, exact: true }).click();

  it('holds a page of rows, whatever is sorted, filtered, turned and opened', async () => {
    await open();
    await expect.poll(() => page().locator('#found').textContent()).toBe('400 applications');
    expect(await shown()).toBe(50);
    const first = await elements();
    expect(first).toBeLessThan(MOST_ELEMENTS);

    await press('Application');
    await press('Service');
    for (let turned = 0; turned < 7; turned++) await press('Next page');
    expect(await page().locator('#pager span').textContent()).toBe('351–400 of 400');
    await page().locator('#filter').fill('wiki');
    await expect.poll(() => page().locator('#found').textContent()).toBe('80 of 400');
    expect(await shown()).toBe(50);
    await page().locator('#filter').fill('');
    expect(await elements()).toBeLessThan(first + 100);

    for (let position = 0; position < 3; position++) {
      await page().locator('.opener').nth(position).click();
    }
    expect(await elements()).toBeLessThan(MOST_ELEMENTS);
    await press('Next page');
    expect(await shown()).toBe(50);
    expect(await elements()).toBeLessThan(first + 100);
  });

  it('names a hundred applications of a list at most, and all in the command', async () => {
    await open();
    const lists = await page().evaluate<number[]>(
      `[...document.querySelectorAll('.members')].map((list) => list.children.length)`,
    );
    expect(Math.max(...lists)).toBe(101);
    const { length } = await page().evaluate<string[]>(
      `[...document.querySelectorAll('.command')].flatMap((command) =>
        command.textContent.trim().split(' ').filter((word) => /-\\d+$/.test(word)))`,
    );
    expect(length).toBeGreaterThan(100);
  });
});
