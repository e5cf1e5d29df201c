import { Command } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { withSettingsOption, withStoreOption } from '#cli/options/common-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { withPrometheusOptions } from '#cli/options/prometheus-options.ts';
import { prometheusUrl } from '#cli/prometheus/prometheus-url.ts';
import { serveOptions } from '#cli/serve/serve-options.ts';

/** `foreprint serve`: one process that collects, trains, decides, monitors and answers. */
export function serveCommand(context: CommandContext): Command {
  return withPrometheusOptions(withSettingsOption(withStoreOption(new Command('serve'))))
    .description(
      'collects, trains, decides and monitors until Ctrl-C, and answers by HTTP: a page, JSON, KEDA and metrics',
    )
    .option('--quiet', 'no remarks on standard error')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for any (default 8080)')
    .option('--step <duration>', 'step of what is read from Prometheus (default: the settings’)')
    .option('--token-file <file>', 'bearer token for requests that do more than read')
    .option('--application <name>', "this host's name in the store, without Prometheus")
    .option('--no-record', 'do not record this host where there is no Prometheus')
    .option('--workers <n>', 'threads that train (default: one per processor)')
    .action(async (rawOptions: unknown, command: Command) => {
      const given = parseOptions(serveOptions, rawOptions);
      const url = prometheusUrl([], given);
      if (given.dryRun && url !== null) {
        const { replayPrometheus } = await import('#cli/prometheus/replay-prometheus.ts');
        await replayPrometheus(context, url, given);
        return;
      }
      const { runServe } = await import('#cli/serve/run-serve.ts');
      const { hostname } = context;
      const version = command.parent?.version() ?? '';
      await runServe(context, { ...given, hostname, prometheusUrl: url?.href ?? null }, version);
    });
}
