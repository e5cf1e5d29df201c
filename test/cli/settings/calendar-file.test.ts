import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { expectedEvents } from '#core/expectation/expected-events.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const seconds = (iso: string): number => Date.parse(iso) / 1000;

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(await temporaryDirectory(), name);
  writeFileSync(file, text);
  return file;
}

const YAML = `
# What marketing knows.
expect:
  - name: sale
    from: 2026-11-27T08:00
    to: 2026-11-27T20:00
    times: 1.5
  - name: launch
    days: [2026-12-03]
    atLeast: 20
`;

describe('a calendar file', () => {
  it('says the same in YAML and in JSON', async () => {
    const entries = [
      { name: 'sale', from: '2026-11-27T08:00', to: '2026-11-27T20:00', times: 1.5 },
      { name: 'launch', days: ['2026-12-03'], atLeast: 20 },
    ];
    const json = await fileOf('calendar.json', JSON.stringify({ expect: entries }));
    const yaml = await fileOf('calendar.yaml', YAML);
    const settings = await loadSettings(undefined, yaml);
    expect(settings).toEqual(await loadSettings(undefined, json));
    expect(settings.expect.map(({ name }) => name)).toEqual(['sale', 'launch']);
    // The same entries in the settings file.
    expect(await loadSettings(json)).toEqual(settings);
  });

  it('adds to what the settings file expects', async () => {
    const own = { name: 'own', days: ['2026-12-04'], times: 2 };
    const config = await fileOf('settings.json', JSON.stringify({ expect: [own] }));
    const settings = await loadSettings(config, await fileOf('calendar.yaml', YAML));
    expect(settings.expect.map(({ name }) => name)).toEqual(['own', 'sale', 'launch']);
  });

  it('is refused with its name, the entry and the reason, all faults at once', async () => {
    const text = `${YAML}    holiday: US\n  - name: outing\n    days: [2026-13-40]\n    times: 2\n`;
    const file = await fileOf('calendar.yaml', text);
    const refused = loadSettings(undefined, file);
    await expect(refused).rejects.toThrow(file);
    await expect(refused).rejects.toThrow(
      /entry 2 \(launch\): unknown key "holiday"; did you mean/,
    );
    await expect(refused).rejects.toThrow(/entry 3 \(outing\): days\.0: must be a day/);
  });

  it.each([
    ['', 'must have one key, expect'],
    ['- name: sale', 'must have one key, expect'],
    ['expect: [', 'is neither YAML nor JSON'],
    ['expect: []\nexpect: []', 'is neither YAML nor JSON'],
  ])('is refused where it is %j', async (text, reason) => {
    await expect(loadSettings(undefined, await fileOf('c.yaml', text))).rejects.toThrow(reason);
  });

  it('knows the holidays of a country, of a part of it, and by their names', async () => {
    const text = 'expect: [{ holidays: US }, { holidays: DE-BY, timeZone: Europe/Berlin }]';
    const settings = await loadSettings(undefined, await fileOf('c.yaml', text));
    const daysOf = (year: number, zoneHours: number) =>
      expectedEvents(
        settings,
        { applicationId: 'shop', knownAtSeconds: 0 },
        {
          fromSeconds: seconds(`${year}-01-01T02:00Z`),
          toSeconds: seconds(`${year}-12-31T02:00Z`),
        },
      ).map(({ name, fromSeconds, like }) => {
        const day = new Date((fromSeconds + zoneHours * 3600) * 1000).toISOString().slice(0, 10);
        return `${day} ${name} ${like.weekday}`;
      });
    expect(daysOf(2026, 0)).toContain('2026-11-26 Thanksgiving Day 0');
    expect(daysOf(2026, 2)).toContain('2026-04-06 Easter Monday 0');
    // Holidays of Bavaria only.
    expect(daysOf(2026, 2)).toContain('2026-01-06 Epiphany 0');
  });

  it('is refused where the country is not known', async () => {
    const file = await fileOf('c.yaml', 'expect: [{ holidays: XX }]');
    await expect(loadSettings(undefined, file)).rejects.toThrow('no public holidays of "XX"');
  });
});
