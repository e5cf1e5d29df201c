import { expect, it } from 'vitest';
import { monitoringLines } from '#cli/presenters/monitoring-lines.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';

it('counts the applications without an allocation where there are many', () => {
  const without = (applicationId: string) => {
    const result: MonitoringResult = {
      applicationId,
      atSeconds: 0,
      status: 'no-allocation',
      actual: EMPTY_FOOTPRINT,
      allocated: EMPTY_FOOTPRINT,
      utilization: null,
      correction: EMPTY_FOOTPRINT,
      opened: [],
      escalated: [],
      resolved: [],
      badForecasts: [],
      retrain: [],
    };
    return { result, corrected: null, retrained: null, isSimulated: false };
  };
  expect(monitoringLines(['a', 'b', 'c'].map(without))).toHaveLength(3);
  expect(monitoringLines(['a', 'b', 'c', 'd'].map(without))).toEqual([
    '4 applications: nothing was allocated yet; next: foreprint allocate',
  ]);
});
