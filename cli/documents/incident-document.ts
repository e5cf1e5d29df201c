import type { Incident } from '#core/incident.ts';
import { isoTime } from './iso-time.ts';

/** An incident in the names of the JSON documents. */
export function incidentDocument(incident: Incident): unknown {
  return {
    application_id: incident.applicationId,
    resource: incident.resource,
    direction: incident.direction,
    start: isoTime(incident.startSeconds),
    end: incident.endSeconds === null ? null : isoTime(incident.endSeconds),
    severity: incident.severity,
    peak_actual: incident.peakActual,
    expected: incident.expected,
    lower: incident.lower,
    upper: incident.upper,
  };
}
