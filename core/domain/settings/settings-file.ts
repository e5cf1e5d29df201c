import * as z from 'zod';
import { settingsSchema } from './settings.ts';

/** Former names of keys, which files may still use: section, former name, name. */
const FORMER_NAMES = [['allocation', 'bootSeconds', 'warmUpSeconds']] as const;

/** A settings file: any part of the settings, in today's or in former names. */
export const settingsFile = z.preprocess(withCurrentNames, settingsSchema);

function withCurrentNames(file: unknown): unknown {
  return FORMER_NAMES.reduce((current, [section, former, name]) => {
    if (!isObject(current) || !isObject(current[section])) return current;
    const { [former]: value, ...others } = current[section];
    // Both names are left as they are: the former one is then refused as unknown.
    if (value === undefined || Object.hasOwn(others, name)) return current;
    return { ...current, [section]: { ...others, [name]: value } };
  }, file);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
