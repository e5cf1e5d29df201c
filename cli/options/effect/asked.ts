import type { Command } from 'commander';
import { urlOfEnvironment } from '#cli/options/environment-url.ts';

/** What stands on a command line. */
export interface Asked {
  /** The arguments that are no options. */
  readonly words: readonly string[];
  /** Whether Prometheus is read, and no files. */
  readonly readsPrometheus: boolean;
  /** Names at the top of the file of --config. */
  readonly settings: readonly string[];
  /** Whether an option was given, by its long name without dashes. */
  has(option: string): boolean;
  /** What was given as its value; empty where it was not given, or takes none. */
  text(option: string): string;
}

/** @param settings names at the top of the file of --config. */
export function askedOf(command: Command, settings: readonly string[]): Asked {
  const given = new Map<string, string>();
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const value: unknown = command.getOptionValue(name);
    // A pair such as --report and --no-report has one value, which says which of them was given.
    if (option.negate !== (value === false)) continue;
    given.set(option.long!.slice(2), typeof value === 'string' ? value : '');
  }
  const canRead = command.options.some(({ long }) => long === '--prometheus-url');
  const address = given.get('prometheus-url');
  const isNamed = address === undefined ? urlOfEnvironment() !== null : URL.canParse(address);
  return {
    words: command.args,
    readsPrometheus: canRead && command.args.length === 0 && isNamed,
    settings,
    has: (option) => given.has(option),
    text: (option) => given.get(option) ?? '',
  };
}
