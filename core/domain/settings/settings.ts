import * as z from 'zod';
import { LONGEST_STEP_SECONDS, RESOURCES } from '#core/domain/footprint.ts';
import { allocationSection } from './allocation-settings.ts';
import { clusteringSection } from './clustering-settings.ts';
import { detectionSection } from './detection-settings.ts';
import { expectList } from './expect-settings.ts';
import { whole, oneOf } from './fields.ts';
import { localStoreSection } from './local-store-settings.ts';
import { section } from './sections.ts';
import { trainingSection } from './training-settings.ts';

/**
 * Everything the engine can be told: keys, bounds, defaults and their reasons. What is not written
 * keeps its default, at every depth. The settings file, the deployment's configuration and
 * docs/settings.md come from here.
 */
export const settingsSchema = section({
  stepSeconds: whole(1, LONGEST_STEP_SECONDS)
    .describe('Step of the history and of the models, in seconds.')
    .default(300),
  resources: z
    .array(oneOf(RESOURCES))
    .min(1, 'names no resource')
    .describe('Resources that are trained, forecast and allocated.')
    .default([...RESOURCES]),
  training: trainingSection.prefault({}),
  allocation: allocationSection.prefault({}),
  detection: detectionSection.prefault({}),
  clustering: clusteringSection.prefault({}),
  expect: expectList.prefault([]),
  localStore: localStoreSection.prefault({}),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type Settings = DeepReadonly<z.output<typeof settingsSchema>>;
export type TrainingSettings = Settings['training'];
export type NetworkSettings = TrainingSettings['network'];
export type AllocationSettings = Settings['allocation'];
export type DetectionSettings = Settings['detection'];
export type Expectation = Settings['expect'][number];
export type CalendarEntry = DetectionSettings['calendar'][number];
export type DigestSettings = DetectionSettings['digest'];
export type MissingData = DetectionSettings['missing']['cpu'];
export type ClusteringSettings = Settings['clustering'];
export type LocalStoreSettings = Settings['localStore'];

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
