/** A value for each resource: cores, bytes, bytes/s, bytes/s; null where there is none. */
export interface PerResource<T> {
  readonly cpu?: T | undefined;
  readonly memory?: T | undefined;
  readonly disk?: T | undefined;
  readonly network?: T | undefined;
}

/**
 * What Foreprint may do to a group: `observe` only decides and logs, `scale-out` also raises the
 * group's minimum to the forecast, `full` sets the desired capacity as well.
 */
export type ForeprintMode = 'observe' | 'scale-out' | 'full';

/** What an application of a type gets before anything is known of it. */
export interface TypeDefaultsProps {
  readonly allocation?: PerResource<number | null> | undefined;
  /** What one instance holds; null limits nothing. */
  readonly instanceCapacity?: PerResource<number | null> | undefined;
  readonly minInstances?: number | undefined;
  readonly maxInstances?: number | undefined;
}

/** Something that is known beforehand. */
export interface CalendarEntryProps {
  readonly kind: 'mute' | 'maintenance' | 'holiday' | 'deploy';
  /** ISO 8601 with a zone. */
  readonly from: string;
  readonly to: string;
  /** The only group that it is about; all where absent. */
  readonly group?: string | undefined;
}

export interface DetectionProps {
  /** False warnings per metric and week that are accepted. */
  readonly warningsPerWeek?: number | undefined;
  /** False pages per metric and week that are accepted. */
  readonly pagesPerWeek?: number | undefined;
  readonly direction?: 'both' | 'above' | 'below' | undefined;
  readonly minimumDeviation?: PerResource<number> | undefined;
  readonly minimumRelativeDeviation?: number | undefined;
  readonly missing?: PerResource<'ignore' | 'zero' | 'breach'> | undefined;
  /** Silence of a group that is an incident, in minutes; 0 never. */
  readonly absenceMinutes?: number | undefined;
  /** IANA name of the zone whose days and weeks seasons follow. */
  readonly timeZone?: string | undefined;
  /** Time zones of single groups, by name. */
  readonly timeZones?: Readonly<Record<string, string>> | undefined;
  readonly calendar?: CalendarEntryProps[] | undefined;
  readonly digest?:
    | { readonly applications?: number | undefined; readonly critical?: string[] | undefined }
    | undefined;
}

/** An event that is expected; docs/calendar.md explains each. */
export interface ExpectedProps {
  /** What explanations call it. */
  readonly name: string;
  /** ISO 8601; without a zone by the clock of `timeZone`. Both, or `days`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whole days like 2026-12-24, by the clock of `timeZone`. */
  readonly days?: string[] | undefined;
  /** IANA name; the group's zone where absent. */
  readonly timeZone?: string | undefined;
  /** Factor by which more is used than usual. */
  readonly times?: number | undefined;
  readonly resources?: ('cpu' | 'memory' | 'disk' | 'network')[] | undefined;
  /** Instances that are held at least, within the group's limits. */
  readonly atLeast?: number | undefined;
  /** For example "last sunday", or a past day like 2025-11-28. */
  readonly like?: string | undefined;
  readonly knownFrom?: string | undefined;
  /** Names of the only groups that it is about; all where absent. */
  readonly groups?: string[] | undefined;
}

export interface SchedulesProps {
  readonly ingestMinutes?: number | undefined;
  readonly allocateMinutes?: number | undefined;
  readonly monitorMinutes?: number | undefined;
  /** Invocations that share the groups of a run, 1 to 5. */
  readonly parts?: number | undefined;
  /** An EventBridge expression, UTC. */
  readonly train?: string | undefined;
}

/** Everything a deployment can be told; docs/settings.md has bounds and defaults. */
export interface ForeprintProps {
  /** Where footprints are kept; `dynamodb` where absent. */
  readonly historyStore?: 'dynamodb' | 'timestream' | undefined;
  readonly modelArchitecture?: 'x86_64' | 'arm64' | undefined;
  /** Most memory that a function gets, in MB. */
  readonly maxMemoryMb?: number | undefined;
  /** Mode of groups whose tag says none; `observe` where absent. */
  readonly mode?: ForeprintMode | undefined;
  /** Names of the only groups to look after; every tagged one where absent. */
  readonly groups?: string[] | undefined;
  /** Five-minute steps that a forecast reaches. */
  readonly horizonSteps?: number | undefined;
  /** What a missing and an idle instance-hour cost, beside each other. */
  readonly costs?:
    { readonly shortage?: number | undefined; readonly idle?: number | undefined } | undefined;
  readonly defaultsByType?: Readonly<Record<string, TypeDefaultsProps>> | undefined;
  readonly detection?: DetectionProps | undefined;
  /** What is known beforehand of use to come. */
  readonly expect?: ExpectedProps[] | undefined;
  readonly schedules?: SchedulesProps | undefined;
  readonly training?:
    | {
        readonly concurrency?: number | undefined;
        readonly toleratedFailurePercentage?: number | undefined;
      }
    | undefined;
  /** Addresses of the messages; each has to confirm the subscription. */
  readonly emails?: string[] | undefined;
  readonly slackWebhookSecretName?: string | null | undefined;
  readonly slackChannel?:
    { readonly workspaceId: string; readonly channelId: string } | null | undefined;
  readonly retention?:
    | { readonly logDays?: LogDays | undefined; readonly historyDays?: number | undefined }
    | undefined;
  /** Whether deleting the stack also deletes tables and models. */
  readonly removeData?: boolean | undefined;
}

/** The periods CloudWatch Logs knows, in days. */
export type LogDays =
  1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827;

export interface ManageOptions {
  /** What Foreprint may do to the group; the deployment's mode where absent. */
  readonly mode?: ForeprintMode;
  /** Type of the application, which selects its initial defaults. */
  readonly type?: string;
  /** Resources to measure, all where absent. CloudWatch charges for every requested metric. */
  readonly metrics?: readonly ('cpu' | 'memory' | 'disk' | 'network')[];
  /** True for detailed monitoring; only needed if the group publishes no group metrics. */
  readonly detailedMonitoring?: boolean;
}
