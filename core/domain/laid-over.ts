/**
 * A copy of the defaults in which the defined values of `part` replace them; undefined values are
 * ignored.
 */
export function laidOver<T extends object>(
  defaults: T,
  part: { readonly [K in keyof T]?: T[K] | undefined } = {},
): T {
  const defined = Object.entries(part).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(defined) };
}
