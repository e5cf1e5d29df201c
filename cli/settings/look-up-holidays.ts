import { UsageError } from '#cli/context/usage-error.ts';
import { spanOfDay } from '#core/domain/settings/expect-settings.ts';
import type { Expectation } from '#core/domain/settings/settings.ts';

/** Traces that somebody replays are hardly older, and no forecast reaches further. */
const [FIRST_YEAR, LAST_YEAR] = [2010, 2040];

/**
 * The same entries with the days of their holidays, a new entry for each holiday.
 * @throws UsageError without the package date-holidays, or where it does not know the place.
 */
export async function lookUpHolidays(
  entries: readonly Expectation[],
): Promise<readonly Expectation[]> {
  const found: Expectation[] = [];
  for (const entry of entries) {
    if (entry.holidays === null) found.push(entry);
    else found.push(...(await entriesOf(entry, entry.holidays)));
  }
  return found;
}

async function entriesOf(entry: Expectation, place: string): Promise<readonly Expectation[]> {
  const Holidays = await holidayPackage(place);
  const [country = '', state, region] = place.toUpperCase().split('-');
  const calendar = new Holidays({
    country,
    ...(state !== undefined && { state }),
    ...(region !== undefined && { region }),
  });
  const days = new Map<string, Set<string>>();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const { date, name, type } of calendar.getHolidays(year, 'en')) {
      if (type !== 'public') continue;
      const known = days.get(name) ?? new Set();
      days.set(name, known.add(date.slice(0, 10)));
    }
  }
  if (days.size === 0) throw new UsageError(`expect: no public holidays of "${place}" are known`);
  return [...days].map(([name, dates]) => ({
    ...entry,
    name,
    spans: [...dates].map(spanOfDay),
    holidays: null,
  }));
}

/** An optional package: its tables are large, and few need them. */
async function holidayPackage(place: string) {
  try {
    return (await import('date-holidays')).default;
  } catch (cause) {
    throw new UsageError(
      `expect: holidays of ${place} need the package date-holidays: npm install date-holidays`,
      { cause },
    );
  }
}
