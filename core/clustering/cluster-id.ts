/** Limits the length of an identifier, so that it fits the keys of every store. */
const MAX_MEDOID_CHARACTERS = 48;

/**
 * Identifier of a new cluster, made of its first medoid: `like-shop-eu`. The result consists of
 * ASCII letters, digits, `.`, `_` and `-`, whatever the application's name is. Accents are removed;
 * other characters become `-`.
 * @param medoid application at the centre of the new cluster.
 * @param taken identifiers in use. If the result is one of them it gets a number: `like-shop-eu-2`.
 */
export function newClusterId(medoid: string, taken: ReadonlySet<string>): string {
  const base = `like-${asciiName(medoid) || 'unnamed'}`;
  let clusterId = base;
  for (let count = 2; taken.has(clusterId); count++) clusterId = `${base}-${count}`;
  return clusterId;
}

function asciiName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, MAX_MEDOID_CHARACTERS)
    .replace(/^[-.]+|[-.]+$/g, '');
}
