import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '#core/domain/settings/settings.ts';
import { eventsInForce } from '#core/expectation/events-in-force.ts';
import { expectedEvents } from '#core/expectation/expected-events.ts';
import { expecting, inZone } from './expected-of.ts';

const seconds = (iso: string): number => Date.parse(iso) / 1000;
const YEAR = { fromSeconds: seconds('2026-01-01T00:00Z'), toSeconds: seconds('2027-01-01T00:00Z') };
const NEW_YORK = inZone(DEFAULT_SETTINGS, 'America/New_York');
const SALE = { name: 'sale', from: '2026-11-27T08:00', to: '2026-11-27T20:00', times: 1.5 };

const shop = { applicationId: 'shop', knownAtSeconds: YEAR.fromSeconds };

describe('expectedEvents', () => {
  it('reads times without a zone by the clock of the application', () => {
    const settings = expecting([SALE, { ...SALE, timeZone: 'Europe/Berlin' }], NEW_YORK);
    const events = expectedEvents(settings, shop, YEAR);
    expect(events.map(({ fromSeconds }) => fromSeconds)).toEqual([
      seconds('2026-11-27T13:00Z'),
      seconds('2026-11-27T07:00Z'),
    ]);
  });

  it('gives a day of a clock change its 23 or 25 hours', () => {
    const days = { name: 'day', days: ['2026-03-08', '2026-11-01', '2026-11-02'], times: 2 };
    const events = expectedEvents(expecting([days], NEW_YORK), shop, YEAR);
    const hours = events.map(({ fromSeconds, toSeconds }) => (toSeconds - fromSeconds) / 3600);
    expect(hours).toEqual([23, 25, 24]);
  });

  it('tells an application only of what concerns it, and only once it is known', () => {
    const known = { ...SALE, applications: ['shop'], knownFrom: '2026-11-20T00:00Z' };
    const settings = expecting([known], NEW_YORK);
    const toldAt = (applicationId: string, iso: string) =>
      expectedEvents(settings, { applicationId, knownAtSeconds: seconds(iso) }, YEAR).length;
    expect(toldAt('shop', '2026-11-20T00:00Z')).toBe(1);
    expect(toldAt('shop', '2026-11-19T23:59Z')).toBe(0);
    expect(toldAt('mail', '2026-11-20T00:00Z')).toBe(0);
  });

  it('refuses holidays that nobody looked up', () => {
    const settings = expecting([{ holidays: 'US' }], NEW_YORK);
    expect(() => expectedEvents(settings, shop, YEAR)).toThrow('holidays of US');
  });
});

describe('eventsInForce', () => {
  const hourFrom = (iso: string) => {
    const fromSeconds = seconds(iso);
    return { fromSeconds, toSeconds: fromSeconds + 3600 };
  };
  const settings = expecting(
    [SALE, { name: 'launch', from: '2026-11-27T19:00', to: '2026-11-28T02:00', atLeast: 20 }],
    NEW_YORK,
  );

  it('says what is expected until when, by the clock of the application', () => {
    expect(eventsInForce(settings, 'shop', hourFrom('2026-11-27T23:30Z')).texts).toEqual([
      'sale, ×1.5 until 20:00',
      'launch, at least 20 from 19:00 until 2026-11-28 02:00',
    ]);
  });

  it('asks for instances as long as an event is in the range, and not after it', () => {
    expect(eventsInForce(settings, 'shop', hourFrom('2026-11-28T06:30Z')).atLeast).toBe(20);
    expect(eventsInForce(settings, 'shop', hourFrom('2026-11-28T07:00Z')).atLeast).toBe(0);
  });
});

describe('the schema of an entry', () => {
  const faults = (entry: object): readonly string[] =>
    (settingsSchema.safeParse({ expect: [entry] }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it.each([
    [{ ...SALE, to: '2026-11-27T08:00' }, 'expect.0.to: must be after `from`'],
    [{ ...SALE, to: undefined }, 'expect.0.to: is missing'],
    [{ ...SALE, days: ['2026-11-27'] }, 'either `from` and `to`, or `days`, or `holidays`'],
    [{ name: 'sale', days: ['2026-11-27'] }, 'says what is expected'],
    [{ days: ['2026-11-27'], times: 2 }, 'expect.0.name: is missing'],
    [{ name: 'sale', days: ['27.11.2026'], times: 2 }, 'must be a day like 2026-12-24'],
    [{ ...SALE, times: 0 }, 'must be a number above 0'],
    [{ ...SALE, like: 'last sundae' }, 'must be like "last sunday" or 2025-11-28'],
    [{ ...SALE, like: '2026-02-30' }, 'must be like "last sunday" or 2025-11-28'],
    [{ ...SALE, like: '2026-11-27' }, 'expect.0.like: must be a day before the event'],
    [{ ...SALE, timeZone: 'Mars' }, 'is no time zone'],
    [{ ...SALE, factor: 2 }, 'unknown key "factor"'],
    [{ holidays: 'Germany' }, 'must be a country like US'],
  ])('refuses %j with a reason', (entry, reason) => {
    expect(faults(entry).join('\n')).toContain(reason);
  });

  it('takes what the documentation shows', () => {
    expect(faults({ holidays: 'DE-BY', timeZone: 'Europe/Berlin' })).toEqual([]);
    expect(faults({ name: 'inventory', days: ['2026-12-31'], like: 'last sunday' })).toEqual([]);
    expect(faults({ name: 'Black Friday', days: ['2026-11-27'], like: '2025-11-28' })).toEqual([]);
  });
});
