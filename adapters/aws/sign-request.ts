import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256, type SignedEndpoint } from './signed-post.ts';

/** A request before it is sent. */
export interface UnsignedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers that sign a POST with AWS Signature Version 4, those of the request included. */
export async function signRequest(
  { region, credentials }: Pick<SignedEndpoint, 'region' | 'credentials'>,
  service: string,
  { url, headers, body }: UnsignedRequest,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...headers },
    body,
  });
  // fetch sets the host itself.
  return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
}
