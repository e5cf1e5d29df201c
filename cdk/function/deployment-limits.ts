import { Token, Tokenization } from 'aws-cdk-lib';

/** Bytes of a function's environment, names included, and of a standard SSM parameter. */
export const MAX_ENVIRONMENT_BYTES = 4096;
export const MAX_PARAMETER_BYTES = 4096;

/** Room for what is known only at deployment: ARNs and names that CloudFormation generates. */
const UNKNOWN_BYTES = 150;

/** Faults of a function's environment, for the validation of its construct. */
export function environmentFaults(variables: Readonly<Record<string, string>>): string[] {
  const bytes = Object.entries(variables)
    .map(([name, value]) => Buffer.byteLength(name) + bytesOf(value))
    .reduce((sum, size) => sum + size, 0);
  if (bytes <= MAX_ENVIRONMENT_BYTES) return [];
  return [`the environment would have ${bytes} bytes, Lambda allows ${MAX_ENVIRONMENT_BYTES}`];
}

/** Faults of the value of an SSM parameter. */
export function parameterFaults(value: string): string[] {
  const bytes = bytesOf(value);
  if (bytes <= MAX_PARAMETER_BYTES) return [];
  return [`the value would have ${bytes} bytes, a parameter allows ${MAX_PARAMETER_BYTES}`];
}

/** Size of a text; a part that is a token counts as the longest that it may become. */
function bytesOf(text: string): number {
  if (!Token.isUnresolved(text)) return Buffer.byteLength(text);
  const longest = Tokenization.reverseString(text).join({
    join: (left, right) => `${partOf(left)}${partOf(right)}`,
  }) as string;
  return Buffer.byteLength(longest);
}

function partOf(part: unknown): string {
  return typeof part === 'string' ? part : 'x'.repeat(UNKNOWN_BYTES);
}
