import { z } from 'zod';
import {
  applicationsSchema,
  decisionSchema,
  forecastSchema,
  incidentsSchema,
  kedaSchema,
  problemSchema,
} from './documents.ts';

const LICENSE = 'Apache-2.0';

interface Route {
  readonly path: string;
  readonly summary: string;
  readonly schema: z.ZodType;
}

const ROUTES: readonly Route[] = [
  {
    path: '/v1/applications',
    summary: 'All applications, with what they get',
    schema: applicationsSchema,
  },
  {
    path: '/v1/applications/{id}/forecast',
    summary: 'The forecast of an application',
    schema: forecastSchema,
  },
  {
    path: '/v1/applications/{id}/decision',
    summary: 'The decision in force, explained',
    schema: decisionSchema,
  },
  { path: '/v1/incidents', summary: 'Open and recent incidents', schema: incidentsSchema },
  {
    path: '/v1/keda/{id}',
    summary: 'The number for a KEDA trigger of type metrics-api',
    schema: kedaSchema,
  },
];

/** The OpenAPI document of the server, made of the schemas of its answers. */
export function openApiDocument(version: string): unknown {
  return {
    openapi: '3.1.0',
    info: {
      title: 'foreprint serve',
      version,
      description:
        'Read-only. An application’s name is encoded in paths: shop%2Fcheckout. Clients take . and .. for folders, so names like these are encoded twice: %252E%252E.',
      license: { name: LICENSE, identifier: LICENSE },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(ROUTES.map((route) => [route.path, { get: operation(route) }])),
  };
}

function operation({ path, summary, schema }: Route): unknown {
  const hasId = path.includes('{id}');
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    operationId: path.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, ''),
    summary,
    ...(hasId && { parameters: [id] }),
    responses: {
      200: answer('What is known now', schema),
      ...(hasId && { 404: answer('There is no such application', problemSchema) }),
    },
  };
}

function answer(description: string, schema: z.ZodType): unknown {
  const jsonSchema = z.toJSONSchema(schema, { io: 'input' });
  return { description, content: { 'application/json': { schema: jsonSchema } } };
}
