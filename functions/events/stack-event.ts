import * as z from 'zod';

/** CloudFormation's event of a custom resource, reduced to the used fields. */
export const stackEventSchema = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
});

export type StackEvent = z.output<typeof stackEventSchema>;
