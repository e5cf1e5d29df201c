const ATTEMPTS = 4;
const TIMEOUT_MS = 10_000;

/**
 * Sends a custom resource's answer to the signed address that CloudFormation gave; without it the
 * stack waits for an hour.
 * @throws Error after four attempts.
 */
export async function postAnswer(url: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      // The address is signed for an empty content type.
      const headers = { 'content-type': '' };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { ok, status } = await fetch(url, { method: 'PUT', headers, body, signal });
      if (ok) return;
      throw new Error(`CloudFormation answered ${status}`);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
