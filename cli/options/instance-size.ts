import { z } from 'zod';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { readAmount } from './amount-text.ts';

/** Capacity of one instance: `cpu=4,memory=16Gi`. */
export const instanceSize = z
  .string()
  .transform((text, context): Partial<Record<Resource, number>> => {
    const size: Partial<Record<Resource, number>> = {};
    for (const part of text.split(',')) {
      const [name = '', amount = ''] = part.split('=').map((word) => word.trim());
      const value = readAmount(amount) ?? 0;
      const resource = RESOURCES.find((candidate) => candidate === name);
      if (resource === undefined || !(value > 0)) {
        const hint = /^[a-z]\w*\.\w+$/.test(part.trim()) ? ', the sizes of that type' : '';
        context.addIssue(
          `unusable "${part.trim()}"; expected for example cpu=4,memory=16Gi${hint}`,
        );
      } else size[resource] = value;
    }
    return size;
  });
