/**
 * Makes a value where its key is met first, and returns that one whenever the key is met again.
 * Null is a value.
 */
export function onceByKey<T extends object | null>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make();
    made.set(key, value);
    return value;
  };
}
