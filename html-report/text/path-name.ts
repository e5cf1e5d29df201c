/**
 * An application's name as a part of an address's path. Clients take `.` and `..` for folders, also
 * where they are encoded once (WHATWG URL, 4.5), so those are encoded twice.
 */
export function pathName(applicationId: string): string {
  const encoded = encodeURIComponent(applicationId);
  return /^\.\.?$/.test(encoded) ? encoded.replaceAll('.', '%252E') : encoded;
}

/**
 * The names that a part of a path may mean, the most likely one first; none where it is not encoded
 * as addresses are.
 */
export function namesOfPath(part: string): readonly string[] {
  try {
    const name = decodeURIComponent(part);
    return /^(%2e){1,2}$/i.test(name) ? [name, decodeURIComponent(name)] : [name];
  } catch {
    return [];
  }
}
