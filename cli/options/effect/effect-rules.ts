import { RESOURCES } from '#core/domain/footprint.ts';
import type { Asked } from './asked.ts';

/** Options that have no effect in some case. */
export interface EffectRule {
  /** Long names without dashes; a name that begins with `config.` is one of the settings file. */
  readonly options: readonly string[];
  readonly isIdle: (asked: Asked) => boolean;
  /** In which case they have an effect, or why they have none. */
  readonly why: string;
  /**
   * True where something else would be read, written or done than was asked for: that is refused.
   * What merely has nothing to act on is said.
   */
  readonly isRefused: boolean;
}

type Case = readonly [isIdle: EffectRule['isIdle'], why: string];

const refused = (options: readonly string[], [isIdle, why]: Case): EffectRule => ({
  options,
  isIdle,
  why,
  isRefused: true,
});
const said = (options: readonly string[], [isIdle, why]: Case): EffectRule => ({
  options,
  isIdle,
  why,
  isRefused: false,
});

const TRACKING = 'target-tracking-70';
const QUERIES: readonly string[] = RESOURCES;
/** What --prometheus-url alone has a use for. */
const OF_PROMETHEUS = [
  ...['preset', ...QUERIES, 'namespace', 'since', 'start', 'end', 'dry-run', 'yes'],
  ...['prometheus-auth-header', 'prometheus-token-file', 'prometheus-sigv4'],
  'prometheus-headers',
];
/** What says of files what they do not say themselves. */
const OF_FILES = [
  ...['map', 'columns', 'wide', 'resource', 'unit', 'epoch', 'time-zone', 'application'],
];

const needsPrometheus = (options: readonly string[]): EffectRule =>
  refused(options, [({ readsPrometheus }) => !readsPrometheus, 'only with --prometheus-url']);

/** Of every command that can read Prometheus. */
const PROMETHEUS: readonly EffectRule[] = [
  needsPrometheus(OF_PROMETHEUS),
  refused(['since'], [({ has }) => has('start'), 'beside --start, which says from when on']),
  ...['start', 'end'].map((name) =>
    refused([name], [({ text }) => text(name) === 'last', 'a time is expected, not "last"']),
  ),
  refused(
    ['prometheus-auth-header'],
    [({ has }) => has('prometheus-token-file'), 'beside --prometheus-token-file'],
  ),
  refused(
    ['prometheus-auth-header', 'prometheus-token-file'],
    [({ has }) => has('prometheus-sigv4'), 'beside --prometheus-sigv4, which signs requests'],
  ),
  refused(
    ['namespace'],
    [
      ({ has }) => !has('preset') && QUERIES.some(has),
      'a query of yours says itself of which pods it is; --preset adds its own for other resources',
    ],
  ),
  said(
    ['json', 'report', 'csv'],
    [({ has }) => has('dry-run'), 'with --dry-run nothing but text is written'],
  ),
];

const FILES = refused(OF_FILES, [
  ({ readsPrometheus }) => readsPrometheus,
  'only for files, and Prometheus is read',
]);

const CALENDAR_AND_CONFIG = ['config', 'calendar'];

const OWN_SETTINGS = [
  said(['config.stepSeconds'], [() => true, 'the step is that of what is replayed']),
  said(['config.resources'], [() => true, '--resources says what is replayed']),
];

/** By command, in the order in which they are looked at. */
export const EFFECT_RULES: Readonly<Record<string, readonly EffectRule[]>> = {
  import: [...PROMETHEUS, FILES],
  replay: [
    ...PROMETHEUS,
    FILES,
    refused(
      [...OF_FILES, 'by', 'step'],
      [
        ({ readsPrometheus, words }) => !readsPrometheus && words.length === 0,
        'only with a trace or --prometheus-url; without, the sample fleet is replayed',
      ],
    ),
    refused(
      ['quantiles'],
      [({ text }) => names(text('knobs')).includes('foreprint'), 'beside --knobs foreprint=…'],
    ),
    refused(
      ['targets'],
      [({ text }) => names(text('knobs')).includes(TRACKING), `beside --knobs ${TRACKING}=…`],
    ),
    said(
      ['targets'],
      [
        ({ has, text }) => has('policies') && !text('policies').split(',').includes(TRACKING),
        `${TRACKING} is none of --policies`,
      ],
    ),
    said(['boot-minutes'], [({ has }) => has('warm-up-minutes'), 'beside --warm-up-minutes']),
    said(['currency'], [({ has }) => !has('price'), 'only with --price']),
    said(['currency', 'detail'], [({ has }) => has('no-report'), 'only for the report']),
    ...OWN_SETTINGS,
  ],
  cluster: [said(['config.stepSeconds'], [() => true, 'the step is that of the trace'])],
  monitor: [...PROMETHEUS, needsPrometheus(['by', 'step'])],
  serve: [
    ...PROMETHEUS,
    needsPrometheus(['by', 'step']),
    said(
      ['application', 'no-record'],
      [({ readsPrometheus }) => readsPrometheus, 'this host is not recorded: Prometheus is read'],
    ),
    said(['application'], [({ has }) => has('no-record'), 'with --no-record no host is recorded']),
  ],
  forecast: [
    said(
      ['refit'],
      [
        ({ text }) => Number(text('refit')) > 1 && Number(text('windows') || 1) <= 1,
        'only with --windows above 1',
      ],
    ),
  ],
  allocate: [
    said(['new'], [({ words }) => words.length === 0, 'only for applications that are named']),
  ],
  status: [said(CALENDAR_AND_CONFIG, [() => true, 'what status shows depends on no setting'])],
  store: [
    refused(
      ['history-days', 'log-days'],
      [({ words }) => words[0] !== 'compact', 'only for compact'],
    ),
    said(['calendar'], [() => true, 'a store is kept alike whatever is expected']),
    said(['config'], [({ words }) => words[0] !== 'compact', 'only for compact']),
  ],
  plan: OWN_SETTINGS,
};

/** Policies of a text such as `foreprint=0.8,0.9;target-tracking-70=0.6`. */
function names(knobs: string): readonly string[] {
  return knobs.split(';').map((part) => part.split('=')[0]!.trim());
}
