import { isoTime } from '#cli/output/iso-time.ts';
import type { Incident } from '#core/domain/incident.ts';

/** The JSON of an incident. */
export function incidentDocument(incident: Incident): unknown {
  return {
    application_id: incident.applicationId,
    resource: incident.resource,
    resources: incident.resources,
    direction: incident.direction,
    level: incident.level,
    causes: incident.causes,
    suspect: incident.suspect,
    start: isoTime(incident.startSeconds),
    end: incident.endSeconds === null ? null : isoTime(incident.endSeconds),
    severity: incident.severity,
    peak_actual: incident.peakActual,
    expected: incident.expected,
    lower: incident.lower,
    upper: incident.upper,
  };
}
