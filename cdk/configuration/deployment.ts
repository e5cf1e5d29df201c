import * as z from 'zod';
import { HISTORY_STORES } from './configuration-schema.ts';
import { modeSchema } from './modes.ts';

/** SSM parameters below this path say what is deployed in a region, one per stack. */
export const DEPLOYMENTS_PATH = '/foreprint/deployments';

/** Name of the parameter of a stack. */
export function deploymentParameterName(stack: string): string {
  return `${DEPLOYMENTS_PATH}/${stack}`;
}

/**
 * What the parameter holds as JSON: everything that the command line has to know of a deployment.
 */
export const deploymentSchema = z.object({
  mode: modeSchema,
  groups: z.array(z.string()),
  historyStore: z.enum(HISTORY_STORES),
  /** Table of footprints; with Timestream "database/table". */
  history: z.string(),
  /** Table of profiles, allocation log and incidents. */
  table: z.string(),
  /** Name of the SSM parameter that stops every action unless it says "run". */
  killSwitch: z.string(),
});

export type DeploymentRecord = z.output<typeof deploymentSchema>;
