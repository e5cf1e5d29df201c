import { ApplicationRows } from './application-rows.ts';

/** Everything that was read of a trace by application, before it is put on a grid. */
export type TraceRows = Map<string, ApplicationRows>;

/** The application's rows, made when its first row is read. */
export function rowsOfApplication(
  trace: TraceRows,
  applicationId: string,
  file: string,
): ApplicationRows {
  let found = trace.get(applicationId);
  if (!found) trace.set(applicationId, (found = new ApplicationRows(file)));
  return found;
}
