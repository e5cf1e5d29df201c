/** Half a character, which the escapes of an address cannot hold. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

const PREFIX = '#app=';

/** The fragment of the page's address that opens an application: it holds the name. */
export function applicationLink(applicationId: string): string {
  return PREFIX + encodeURIComponent(applicationId.replace(LONE_SURROGATE, '\uFFFD'));
}
