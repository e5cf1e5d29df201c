import { Command } from 'commander';
import { commonOptions, withCommonOptions } from './common-options.ts';
import { inputOptions, TRACE_ARGUMENT, withInputOptions } from './input-options.ts';
import { prometheusOptions, withPrometheusOptions } from './prometheus-options.ts';

/** Options of a command that reads traces. */
export const traceOptions = { ...commonOptions, ...inputOptions };

/**
 * A command with those options and at least one trace.
 * @param withOwn adds what stands between the common options and those of the input.
 */
export function traceCommand(name: string, withOwn: (command: Command) => Command): Command {
  return withInputOptions(withOwn(withCommonOptions(new Command(name)))).argument(
    '<trace...>',
    TRACE_ARGUMENT,
  );
}

/** Options of a command that reads traces, or what Prometheus has. */
export const measuredOptions = { ...traceOptions, ...prometheusOptions };

/** A command with those options, which may be called without a trace. */
export function measuredCommand(name: string, withOwn: (command: Command) => Command): Command {
  const command = withPrometheusOptions(withOwn(withCommonOptions(new Command(name))));
  return withInputOptions(command).argument('[trace...]', TRACE_ARGUMENT);
}
