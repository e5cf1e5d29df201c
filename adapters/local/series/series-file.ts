/** How the `ds` of a series file counts: instants as Unix seconds, or plain whole numbers. */
export type DsKind = 'time' | 'integer';

/** Every row of a series file (unique_id, ds, y) in the order of the file: nothing sorted, merged or left out. */
export interface SeriesFile {
  readonly source: string;
  readonly dsKind: DsKind;
  /** Identifiers in the order of their first row. */
  readonly ids: readonly string[];
  /** Per row: index into `ids`. */
  readonly idIndex: Int32Array;
  /** Per row: Unix seconds, or the number itself. */
  readonly ds: Float64Array;
  /** Per row: `ds` as it stands in the file (a Parquet timestamp in ISO 8601). */
  readonly dsText: readonly string[];
  /** Per row: NaN where the cell is empty. */
  readonly y: Float64Array;
}
