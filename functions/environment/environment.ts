import { functionEnvironmentSchema } from '#cdk/configuration/function-environment.ts';
import { readEnvironment } from './read-environment.ts';
import { settingsOf } from './settings-of.ts';

/** The only place that reads the process environment of a function. */
export const environment = readEnvironment(functionEnvironmentSchema, process.env);
export const configuration = environment.FOREPRINT_CONFIGURATION;
export const settings = settingsOf(configuration);
