import { expectList } from '#core/domain/settings/expect-settings.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { WrittenEntry } from './expect-tags.ts';

/** Settings that also expect what tags say. */
export function withExpected(settings: Settings, entries: readonly WrittenEntry[]): Settings {
  if (entries.length === 0) return settings;
  return { ...settings, expect: [...settings.expect, ...expectList.parse(entries)] };
}
