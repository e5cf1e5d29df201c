import type { TimeOptions } from '#adapters/local/times/chosen-reader.ts';
import type { Unit } from '#adapters/local/values/unit.ts';
import type { Resource } from '#core/domain/footprint.ts';

/** What the user says of files that do not say it themselves. */
export interface InputOptions extends TimeOptions {
  /** Names of columns in lower case, by the footprint column that they are. */
  readonly columns: ReadonlyMap<string, string>;
  /** Columns of a file without a header, by footprint names; `-` is a column that is not read. */
  readonly header: readonly string[] | null;
  /** A column per application. */
  readonly isWide: boolean;
  /** Resource of each file, or of all files; empty if the files tell. */
  readonly resources: readonly Resource[];
  readonly units: Readonly<Partial<Record<Resource, Unit>>>;
  /** Labels that make the name of an application; empty for the usual ones. */
  readonly by: readonly string[];
  /** Name of the application of a file that names none. */
  readonly application: string | null;
}

export const NO_INPUT_OPTIONS: InputOptions = {
  columns: new Map(),
  header: null,
  isWide: false,
  resources: [],
  units: {},
  epoch: null,
  timeZone: null,
  by: [],
  application: null,
};

/** An option of `InputOptions`; what names columns or resources is told apart by them. */
export type OptionName =
  | 'columns'
  | 'wide'
  | 'epoch'
  | 'timeZone'
  | 'by'
  | 'application'
  | `map ${string}`
  | `resource ${Resource}`
  | `unit ${Resource}`;

/** The options as they hold for one file. */
export type FileOptions = Omit<InputOptions, 'resources'> & {
  readonly resource: Resource | null;
  /** Where what is used of them is marked. */
  readonly use: { mark(option: OptionName): void };
};
