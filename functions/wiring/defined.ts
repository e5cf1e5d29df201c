type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without the keys that are there and undefined. */
export function defined<T extends object>(part: T | undefined): Defined<T> {
  const given = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  // Only undefined values were taken out.
  return Object.fromEntries(given) as Defined<T>;
}
