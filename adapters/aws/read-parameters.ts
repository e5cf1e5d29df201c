import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';

/**
 * The SSM parameters right below a path: the last part of the name, and the value.
 * @throws what the SDK throws.
 */
export async function readParameters(
  client: SSMClient,
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const page of paginateGetParametersByPath({ client }, { Path: path })) {
    for (const { Name: name = '', Value: value = '' } of page.Parameters ?? []) {
      found.set(name.slice(path.length + 1), value);
    }
  }
  return found;
}
