import type { Epoch } from '#adapters/local/times/chosen-reader.ts';
import type { Resource } from '#core/domain/footprint.ts';

export type Labels = Readonly<Record<string, string>>;

/**
 * What a file says of the scale of its values: `exact` if they are in the unit of the resource;
 * `percent`, `share` (of one machine), `counter` (a total that only grows) and `period` (a sum over each step) need the user's
 * word; null if the file says nothing.
 */
export type Scale = 'exact' | 'percent' | 'share' | 'counter' | 'period' | null;

/** One series of a file. */
export interface SeriesKey {
  /** What the name of the application is made of. */
  readonly labels: Labels;
  /** The metric's name as written; it tells the resource where the format does not. */
  readonly metric: string | null;
  readonly resource?: Resource;
  readonly scale: Scale;
  /**
   * Parts of one resource, such as bytes received and bytes sent, are added up, and so are series
   * with other labels; values of the same part and labels at the same time replace each other.
   */
  readonly part?: string;
  /** True if the series only counts at times without another part: 100 − idle, for example. */
  readonly isFallback?: boolean;
}

/** Takes a value; NaN is "not measured". */
export type AddValue = (seconds: number, value: number) => void;

/** Where the values of a file go. */
export interface ValueSink {
  /**
   * Begins a series, or returns null if it is no resource that is wanted.
   * @throws InputError if its application, resource or unit cannot be told.
   */
  series(key: SeriesKey): AddValue | null;
  /** Unix seconds of a time as written. @throws InputError if it is none. */
  seconds(text: string, line?: number): number;
  /** Resource that the user named for this file. */
  readonly resource: Resource | null;
  /** The user's own names of columns, in lower case, by what they mean. */
  readonly columns: ReadonlyMap<string, string>;
  /** True if the user named a unit for the resource. */
  isAsked(resource: Resource): boolean;
  /** @throws InputError always. */
  refuse(problem: string, line?: number): never;
  /** The end of a sentence with the command that reads the file. */
  command(options: string): string;
}

/** A file that is one JSON document. */
export interface DocumentFormat {
  readonly kind: 'document';
  matches(document: unknown): boolean;
  read(document: unknown, sink: ValueSink): void;
}

/** Reads one line without its end, or one CSV record; `line` counts from 1. */
export type ReadLine = (text: string, line: number) => void;
export type ReadRecord = (cells: readonly string[], line: number) => void;

export interface LineFormat {
  readonly kind: 'lines';
  /** @param head the beginning of the file. */
  matches(head: string): boolean;
  reader(sink: ValueSink): { readonly line: ReadLine; readonly end?: () => void };
}

export interface RecordFormat {
  readonly kind: 'records';
  /** Where its times count from, if they do not count from 1970. */
  readonly epoch?: Epoch;
  matches(head: string): boolean;
  reader(sink: ValueSink): ReadRecord;
}

export type TextFormat = LineFormat | RecordFormat;
