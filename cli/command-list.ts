import type { Command } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';

/** What help says of a command without loading it, and how it is loaded. */
export interface ListedCommand {
  readonly group: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** What follows `foreprint ` on lines that a reader can copy. */
  readonly examples: readonly string[];
  load(): Promise<(context: CommandContext) => Command>;
}

const DATA = 'Data:';
const MODELS = 'Models:';
const DECISIONS = 'Decisions:';
const SERIES = 'Series files:';
const AWS = 'Auto Scaling groups on AWS:';
const SHELL = 'Shell:';

/** The commands in the order in which --help lists them. */
export const COMMANDS: Readonly<Record<string, ListedCommand>> = {
  replay: {
    group: 'Try it:',
    summary: 'what Foreprint would have saved, on a trace or the sample fleet',
    examples: [
      'replay',
      'replay --prometheus-url http://localhost:9090',
      'replay fleet.csv --policies foreprint,target-tracking-70 --price 0.10',
      'replay fleet.csv --knobs "foreprint=0.8,0.9;target-tracking-70=0.6,0.7"',
    ],
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  sample: {
    group: 'Try it:',
    summary: 'write the sample fleet, which is simulated, as a trace',
    examples: ['sample --out fleet.csv --days 14'],
    load: async () => (await import('./commands/sample.ts')).sampleCommand,
  },
  import: {
    group: DATA,
    summary: 'store traces; repeated imports change nothing',
    examples: [
      'import fleet.csv',
      'import --prometheus-url http://localhost:9090 --since 28d',
      'import january.parquet february.parquet --store prod',
    ],
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  record: {
    group: DATA,
    summary: 'record this host until Ctrl-C',
    examples: ['record', 'record --step 300 --application web'],
    load: async () => (await import('./commands/record.ts')).recordCommand,
  },
  store: {
    group: DATA,
    summary: 'check, compact or back up the store',
    examples: ['store check', 'store compact --history-days 90', 'store backup copy'],
    load: async () => (await import('./commands/store.ts')).storeUpkeepCommand,
  },
  train: {
    group: MODELS,
    summary: 'train applications, all where none is named',
    examples: ['train', 'train shop etl'],
    load: async () => (await import('./commands/train.ts')).trainCommand,
  },
  recluster: {
    group: MODELS,
    summary: 'refine the clusters of the stored applications',
    examples: ['recluster'],
    load: async () => (await import('./commands/recluster.ts')).reclusterCommand,
  },
  profile: {
    group: MODELS,
    summary: 'show what is known of an application',
    examples: ['profile shop', 'profile shop --json -'],
    load: async () => (await import('./commands/profile.ts')).profileCommand,
  },
  cluster: {
    group: MODELS,
    summary: 'cluster the applications of a trace, without a store',
    examples: ['cluster fleet.csv'],
    load: async () => (await import('./commands/cluster.ts')).clusterCommand,
  },
  status: {
    group: DECISIONS,
    summary: 'every stored application: data, model, instances, risk',
    examples: ['status', 'status --json -'],
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  allocate: {
    group: DECISIONS,
    summary: 'decide what applications get next, all where none is named',
    examples: ['allocate', 'allocate shop', 'allocate new-app --new --type web'],
    load: async () => (await import('./commands/allocate.ts')).allocateCommand,
  },
  monitor: {
    group: DECISIONS,
    summary: 'compare use with allocation and forecast, until Ctrl-C',
    examples: ['monitor', 'monitor --once'],
    load: async () => (await import('./commands/monitor.ts')).monitorCommand,
  },
  serve: {
    group: DECISIONS,
    summary: 'all of it in one process, with a live page, JSON, KEDA and metrics',
    examples: ['serve', 'serve --prometheus-url http://localhost:9090 --host 0.0.0.0'],
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  forecast: {
    group: SERIES,
    summary: 'train and forecast every series of a file',
    examples: ['forecast series.csv --horizon 288 --out forecast.csv'],
    load: async () => (await import('./commands/forecast.ts')).forecastCommand,
  },
  detect: {
    group: SERIES,
    summary: 'score every point of a series file for anomalies',
    examples: ['detect series.csv --out scores.csv'],
    load: async () => (await import('./commands/detect.ts')).detectCommand,
  },
  plan: {
    group: AWS,
    summary: 'what Foreprint would save in this account',
    examples: ['plan --region eu-central-1'],
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  doctor: {
    group: AWS,
    summary: 'check credentials, quotas, metrics and the deployment',
    examples: ['doctor --region eu-central-1'],
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  enrol: {
    group: AWS,
    summary: 'let Foreprint look after groups',
    examples: ['enrol shop-asg --mode scale-out'],
    load: async () => (await import('./commands/enrol.ts')).enrolCommand,
  },
  retire: {
    group: AWS,
    summary: 'give groups back',
    examples: ['retire shop-asg'],
    load: async () => (await import('./commands/retire.ts')).retireCommand,
  },
  completion: {
    group: SHELL,
    summary: 'print completions for bash, zsh or fish',
    examples: ['completion bash > ~/.local/share/bash-completion/completions/foreprint'],
    load: async () => (await import('./commands/completion.ts')).completionCommand,
  },
};
