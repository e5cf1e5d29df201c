import { isoTime } from '#cli/output/iso-time.ts';
import type { MonitoredStore } from '#cli/work/monitor-store.ts';
import { allocationDocument } from './allocation-document.ts';
import { incidentDocument } from './incident-document.ts';

/** The JSON that `foreprint monitor --json` writes after every interval. */
export function monitoringDocument({ monitored, failures }: MonitoredStore): unknown {
  return {
    applications: monitored.map(({ result, corrected, isSimulated }) => ({
      application_id: result.applicationId,
      ...(isSimulated && { simulated: true }),
      at: isoTime(result.atSeconds),
      status: result.status,
      utilization: result.utilization,
      actual: result.actual,
      allocated: result.allocated,
      correction: result.correction,
      opened: result.opened.map(incidentDocument),
      escalated: result.escalated.map(incidentDocument),
      resolved: result.resolved.map(incidentDocument),
      bad_forecasts: result.badForecasts,
      corrected_allocation: corrected && allocationDocument(corrected),
    })),
    failures,
  };
}
