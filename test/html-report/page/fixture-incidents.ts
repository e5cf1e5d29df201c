import type { Incident } from '#core/domain/incident.ts';
import { START, STEP } from './fixture-shape.ts';

/** Two incidents, the second still open, for every fifth application. */
export function fixtureIncidents(applicationId: string, kind: number): readonly Incident[] {
  if (kind % 5 !== 0) return [];
  const spike: Incident = {
    applicationId,
    resource: 'cpu',
    direction: 'above',
    resources: ['cpu'],
    level: 'page',
    causes: ['point'],
    suspect: 'application',
    afterDeploy: false,
    startSeconds: START + 2362 * STEP,
    endSeconds: START + 2402 * STEP,
    severity: 4.62,
    peakActual: 15.91,
    expected: 8.2,
    lower: 6.6,
    upper: 9.9,
  };
  const open: Incident = {
    ...spike,
    direction: 'below',
    startSeconds: START + 2860 * STEP,
    endSeconds: null,
    severity: 1.27,
    peakActual: 2.2,
    expected: 4.4,
    lower: 3.5,
    upper: 5.3,
  };
  return [spike, open];
}
