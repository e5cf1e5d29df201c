import type { Resource } from '#core/domain/footprint.ts';
import { displayUnit } from '#core/text/display-unit.ts';

/** Displayed if there is no number. */
const NOTHING = '–';

const LOCALE = 'en-GB';
const WHOLE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const SIGNIFICANT = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
const PERCENT = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumSignificantDigits: 3 });
/** Two digits are enough below one percent. */
const SMALL_PERCENT = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  maximumSignificantDigits: 2,
});
const DIFFERENCE = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

/** Whole numbers with separators: 12,345. */
export function formatWhole(value: number): string {
  return Number.isFinite(value) ? WHOLE.format(value) : NOTHING;
}

/** Three significant digits, all digits from 1,000 on: 0.123, 4.57, 12,345. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  return Math.abs(value) >= 1000 ? WHOLE.format(value) : SIGNIFICANT.format(value);
}

/** A share as percent: 0.0123 → 1.23%, 0.00123 → 0.12%. */
export function formatShare(value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  return Math.abs(value) < 0.01 ? SMALL_PERCENT.format(value) : PERCENT.format(value);
}

/** Above this a relative difference is said as a multiple: "+675%" is hard to read. */
const LARGEST_DIFFERENCE = 2;

/**
 * A relative difference with its sign: −0.213 → −21.3%. From three times the reference on it is the
 * multiple: 6.8 → 7.8×. Null is displayed as a dash.
 */
export function formatDifference(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  if (value > LARGEST_DIFFERENCE) return formatMultiple(1 + value);
  return DIFFERENCE.format(value).replace('-', '−');
}

/** A multiple of a reference: 7.8×. */
function formatMultiple(ratio: number): string {
  return `${formatNumber(ratio)}×`;
}

/** A change with its sign, formatted by its size: −592. Null is displayed as a dash. */
export function formatChange(value: number | null, format: (size: number) => string): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const size = format(Math.abs(value));
  if (size === format(0)) return size;
  return `${value < 0 ? '−' : '+'}${size}`;
}

/** An amount of money in a currency, its ISO 4217 code: $1,234, $7.13, $0.096. */
export function formatMoney(value: number, currency: string): string {
  const size = Math.abs(value);
  const most = size >= 10 ? 0 : size >= 1 ? 2 : 4;
  const digits = { minimumFractionDigits: 0, maximumFractionDigits: most };
  const style = { style: 'currency', currencyDisplay: 'narrowSymbol' } as const;
  return new Intl.NumberFormat(LOCALE, { ...style, currency, ...digits }).format(value);
}

/** An amount of a resource with its unit: 5.2 cores, 3.75 GiB, 12.1 MB/s. */
export function formatAmount(resource: Resource, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const unit = displayUnit(resource, Math.abs(value));
  return `${formatNumber(value / unit.divisor)} ${unit.label}`;
}

/** Unix seconds as 2013-08-14 10:05, UTC. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** A duration in its largest fitting unit: 45 min, 6.5 h, 30 days. */
export function formatDuration(seconds: number): string {
  if (seconds < 5400) return `${formatNumber(seconds / 60)} min`;
  if (seconds < 2 * 86400) return `${formatNumber(seconds / 3600)} h`;
  return `${formatNumber(seconds / 86400)} days`;
}

/** "1 incident", "3 incidents", "3 series". */
export function formatCount(count: number, noun: string): string {
  const plural = noun.endsWith('s') ? noun : `${noun}s`;
  return `${formatWhole(count)} ${count === 1 ? noun : plural}`;
}

/** Display names of policies that cannot be derived from their identifiers. */
const POLICY_TITLES: ReadonlyMap<string, string> = new Map([
  ['target-tracking-1-minute', 'Target tracking, 1 minute'],
  ['target-tracking-5-minutes', 'Target tracking, 5 minutes'],
  ['target-tracking-20-seconds', 'Target tracking, 20 seconds'],
  ['aws-like-predictive', 'AWS-like predictive scaling'],
  ['vpa', 'VPA recommender'],
  ['autopilot-window', 'Autopilot, moving window'],
  ['autopilot-horizontal', 'Autopilot, horizontal'],
  ['crane-dsp', 'Crane DSP'],
  ['n-sigma', 'N-sigma'],
  ['last-week', 'Last week at this time'],
  ['hour-of-week', 'Hour-of-week quantile'],
  ['percentile-floor', 'Percentile floor'],
  ['forecast-planner', 'MongoDB-like planner'],
  ['chameleon-like', 'Chameleon-like hybrid'],
]);

/** Display name of a policy or model: target-tracking-70 → Target tracking 70%. */
export function formatName(name: string): string {
  const title = POLICY_TITLES.get(name);
  if (title !== undefined) return title;
  const words = name.replace(/^(target-tracking)-(\d+)$/, '$1 $2%').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * Display name within a sentence: target tracking 70%. Foreprint and other proper names keep their
 * capital letter.
 */
export function formatNameWithin(name: string): string {
  const words = formatName(name);
  const isName =
    name.startsWith('foreprint') || (POLICY_TITLES.has(name) && !/^Target/.test(words));
  return isName ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

/** The absolute value of a relative difference of at most 200%: −0.213 → 21.3%. */
export function formatDistance(value: number): string {
  return DIFFERENCE.format(Math.abs(value)).replace('+', '');
}
