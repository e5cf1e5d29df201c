export * from './settings/settings.ts';
export { ALLOCATION_MODES, type AllocationMode } from './settings/allocation-settings.ts';
export { FALLBACK_TYPE, type TypeDefaults } from './settings/type-defaults.ts';
