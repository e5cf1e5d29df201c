/**
 * What `import … from 'foreprint/cdk'` gives. Names, properties and logical ids of the resources
 * change only with a new major version.
 */
export { Foreprint } from './foreprint.ts';
export type {
  CalendarEntryProps,
  DetectionProps,
  ForeprintMode,
  ForeprintProps,
  LogDays,
  ManageOptions,
  PerResource,
  SchedulesProps,
  TypeDefaultsProps,
} from './props.ts';
