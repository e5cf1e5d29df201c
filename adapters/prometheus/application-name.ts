import { ownValue } from '#core/text/own-value.ts';
import type { Labels } from './matrix.ts';

/** Name of a series without labels, such as the sum over everything. */
const NAMELESS = 'all';

/**
 * The application of a series: the values of the given labels, or of all labels in the order of
 * their names, with a slash between them.
 */
export function applicationName(labels: Labels, by: readonly string[] | null): string {
  const names =
    by ??
    Object.keys(labels)
      .filter((name) => name !== '__name__')
      .sort();
  const values = names.map((name) => ownValue(labels, name) ?? '').filter((value) => value !== '');
  return values.length === 0 ? NAMELESS : values.join('/');
}
