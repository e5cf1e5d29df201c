import { batch, follow, MIB } from './application-drafts.ts';
import type { ApplicationSpec } from './application-spec.ts';
import { batchShape } from './load-shape.ts';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WEEKDAYS = [0, 1, 2, 3, 4];

/** Batch jobs at fixed hours. */
export function batchApplications(): readonly ApplicationSpec[] {
  const nightly = { startHours: [1], lengthHours: 4, days: EVERY_DAY, idleShare: 0.01 };
  return [
    batch({
      applicationId: 'report-batch',
      what: 'reports, every night',
      load: follow(batchShape(nightly)),
      peakCores: 30,
    }),
    batch({
      applicationId: 'backup-batch',
      what: 'backup, every night',
      load: follow(batchShape({ ...nightly, lengthHours: 3.5 })),
      peakCores: 14,
      diskPerCore: 25 * MIB,
    }),
    batch({
      applicationId: 'billing-batch',
      what: 'billing, nights of working days',
      load: follow(batchShape({ ...nightly, startHours: [2], days: WEEKDAYS })),
      peakCores: 22,
    }),
    batch({
      applicationId: 'etl-batch',
      what: 'data warehouse load, every six hours',
      load: follow(
        batchShape({ ...nightly, startHours: [0, 6, 12, 18], lengthHours: 1.5, idleShare: 0.03 }),
      ),
      peakCores: 20,
    }),
  ];
}
