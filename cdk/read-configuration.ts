import { readFileSync } from 'node:fs';
import type { Node } from 'constructs';
import type { Configuration } from './configuration/configuration-schema.ts';
import { ConfigurationError, parseConfiguration } from './configuration/parse-configuration.ts';

/**
 * Reads the configuration of an app: the object under the context key `foreprint` (cdk.json), or
 * the JSON file in `-c config=FILE`. `-c historyStore=…` and `-c mode=…` override both.
 * @throws ConfigurationError that lists every fault.
 */
export function readConfiguration(node: Node): Configuration {
  const file: unknown = node.tryGetContext('config');
  const input = typeof file === 'string' ? readJson(file) : (node.tryGetContext('foreprint') ?? {});
  const source = typeof file === 'string' ? file : 'context "foreprint"';
  if (typeof input !== 'object' || input === null) return parseConfiguration(input, source);
  const overrides = Object.fromEntries(
    ['historyStore', 'mode']
      .map((key) => [key, node.tryGetContext(key) as unknown] as const)
      .filter(([, value]) => value !== undefined),
  );
  return parseConfiguration({ ...input, ...overrides }, source);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`${file}: ${problem}`, { cause });
  }
}
