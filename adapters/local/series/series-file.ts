/** Meaning of `ds` in a series file: an instant (Unix seconds), or a whole number. */
export type DsKind = 'time' | 'integer';

/** All rows of a series file (unique_id, ds, y) in file order: not sorted, merged or filtered. */
export interface SeriesFile {
  readonly source: string;
  readonly dsKind: DsKind;
  /** Identifiers in the order of their first row. */
  readonly ids: readonly string[];
  /** Per row: index into `ids`. */
  readonly idIndex: Int32Array;
  /** Per row: Unix seconds, or the whole number. */
  readonly ds: Float64Array;
  /** Per row: `ds` as written in the file (a Parquet timestamp in ISO 8601). */
  readonly dsText: readonly string[];
  /** Per row: NaN if the cell is empty. */
  readonly y: Float64Array;
}
