import { ApplicationRows } from './application-rows.ts';

/** All rows of a trace by application, before they are placed on a grid. */
export type TraceRows = Map<string, ApplicationRows>;

/** The application's rows; created when the first row is read. */
export function rowsOfApplication(
  trace: TraceRows,
  applicationId: string,
  file: string,
): ApplicationRows {
  let rows = trace.get(applicationId);
  if (!rows) trace.set(applicationId, (rows = new ApplicationRows(file)));
  return rows;
}
