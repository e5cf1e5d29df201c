/** A copy with the given values in place of the defaults; undefined is not given. */
export function laidOver<T extends object>(
  defaults: T,
  part: { readonly [K in keyof T]?: T[K] | undefined } = {},
): T {
  const given = Object.entries(part).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
