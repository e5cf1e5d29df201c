import { COLUMNS } from '#core/controller/service/behaviours.ts';
import {
  advanceServiceTrial,
  newServiceTrial,
  type ServiceTrial,
} from '#core/controller/service/service-trial.ts';

export const STEP = 300;
export const DAY_STEPS = 288;
export const rules = {
  stepSeconds: STEP,
  warmUpHorizon: 2,
  usable: 0.85,
  rule: 'points' as const,
  endsAtCapacity: true,
};

/** How a group's steps go on. */
export interface Course {
  readonly isBeside?: boolean;
  /** Instances that each column asks for. */
  readonly asked: (column: number) => number;
  readonly used: (step: number) => number;
  readonly inService?: number;
  readonly share?: number;
  readonly steps?: number;
}

/** The trial after all steps of a course. */
export function trialAfter(course: Course): ServiceTrial {
  const { isBeside = false, asked, used, inService = 100, share = 0.8, steps = DAY_STEPS } = course;
  const row = COLUMNS.map((_, column) => asked(column));
  let trial = newServiceTrial(isBeside);
  for (let step = 0; step <= steps; step++) {
    trial = advanceServiceTrial(trial, {
      asked: row,
      used: used(step),
      inService,
      share,
      ...rules,
    });
  }
  return trial;
}
