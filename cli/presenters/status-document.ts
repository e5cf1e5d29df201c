import { isoTime } from '#cli/output/iso-time.ts';
import type { ApplicationStatus } from '#cli/work/store-status.ts';

/** The JSON of `foreprint status`. */
export function statusDocument(
  location: string,
  applications: readonly ApplicationStatus[],
): unknown {
  return {
    store: location,
    applications: applications.map(({ history, model, before, latest, openIncidents, risk }) => ({
      application_id: history.applicationId,
      application_type: history.applicationType,
      points: history.points,
      simulated: history.isSimulated ?? false,
      step_seconds: history.stepSeconds,
      from: isoTime(history.firstSeconds),
      to: isoTime(history.lastSeconds),
      model: model?.model ?? null,
      in_service: before?.instances ?? latest?.instances ?? null,
      wanted: latest?.instances ?? null,
      decided_at: latest && isoTime(latest.decidedAtSeconds),
      open_incidents: openIncidents.length,
      risk,
    })),
  };
}
