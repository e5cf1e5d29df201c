import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';

/**
 * The SSM parameters directly below a path: last part of the name to value.
 * @throws whatever the SDK throws.
 */
export async function readParameters(
  client: SSMClient,
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const parameters = new Map<string, string>();
  for await (const page of paginateGetParametersByPath({ client }, { Path: path })) {
    for (const { Name: name = '', Value: value = '' } of page.Parameters ?? []) {
      parameters.set(name.slice(path.length + 1), value);
    }
  }
  return parameters;
}
