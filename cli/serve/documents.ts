import { z } from 'zod';
import { isoTime } from '#cli/output/iso-time.ts';
import { allocationDocument } from '#cli/presenters/allocation-document.ts';
import { incidentDocument } from '#cli/presenters/incident-document.ts';
import type { LiveApplication, LiveFleet } from '#html-report/live/live-application.ts';

const time = z.iso.datetime();
const resource = z.enum(['cpu', 'memory', 'disk', 'network']);
const footprint = z
  .record(resource, z.number().nullable())
  .describe('cores, bytes, bytes/s, bytes/s; null: not measured');

/** Schemas of what the server answers, of which /openapi.json is made. */
export const applicationsSchema = z.object({
  applications: z.array(
    z.object({
      application_id: z.string(),
      simulated: z.boolean().describe('whether some of its history was not measured'),
      present: z.number().describe('instances in service when it was decided'),
      wanted: z.number().describe('instances wanted now'),
      risk: z.string().describe('what most needs a look; "none" where nothing does'),
      savings: z.number().nullable().describe('share below what the largest use needs'),
      open_incidents: z.number(),
      decided_at: time,
      valid_until: time,
    }),
  ),
});

export const forecastSchema = z.object({
  application_id: z.string(),
  resources: z.partialRecord(
    resource,
    z.object({
      from: time.describe('start of the first forecast step'),
      step_seconds: z.number(),
      levels: z.array(z.number()).describe('quantile levels, increasing'),
      quantiles: z.array(z.array(z.number())).describe('a row per step, a value per level'),
    }),
  ),
});

export const decisionSchema = z.looseObject({
  application_id: z.string(),
  simulated: z.boolean().optional().describe('true: some of its history was not measured'),
  decided_at: time,
  valid_until: time,
  allocated: footprint,
  instances: z.number(),
  reason: z.looseObject({
    source: z.enum(['default', 'forecast', 'cluster-forecast']),
    forecast: footprint,
    quantile: z.number(),
    summary: z.string(),
  }),
});

export const incidentsSchema = z.object({
  incidents: z.array(
    z.looseObject({
      application_id: z.string(),
      resource,
      direction: z.enum(['above', 'below']),
      level: z.enum(['warn', 'page']),
      start: time,
      end: time.nullable(),
      severity: z.number(),
    }),
  ),
});

export const kedaSchema = z.object({ value: z.number().describe('instances wanted now') });

export const problemSchema = z.object({ error: z.string() });

/** The JSON of `/v1/applications`. */
export function applicationsDocument({
  applications,
}: LiveFleet): z.input<typeof applicationsSchema> {
  return {
    applications: applications.map(
      ({ applicationId, isSimulated, decision, present, risk, savings, incidents }) => ({
        application_id: applicationId,
        simulated: isSimulated,
        present,
        wanted: decision.instances,
        risk,
        savings,
        open_incidents: incidents.filter(({ endSeconds }) => endSeconds === null).length,
        decided_at: isoTime(decision.decidedAtSeconds),
        valid_until: isoTime(decision.validUntilSeconds),
      }),
    ),
  };
}

/** The JSON of `/v1/applications/{id}/forecast`. */
export function forecastDocument({ applicationId, forecast }: LiveApplication): unknown {
  const resources = Object.entries(forecast).map(([name, found]) => {
    const { originSeconds, stepSeconds, horizon, levels, values } = found;
    const rows = Array.from({ length: horizon }, (_, step) =>
      Array.from(values.subarray(step * levels.length, (step + 1) * levels.length)),
    );
    return [
      name,
      { from: isoTime(originSeconds), step_seconds: stepSeconds, levels, quantiles: rows },
    ] as const;
  });
  return { application_id: applicationId, resources: Object.fromEntries(resources) };
}

/** The JSON of `/v1/applications/{id}/decision`. */
export function decisionDocument({ decision, isSimulated }: LiveApplication): unknown {
  return allocationDocument(decision, { isSimulated });
}

/** The JSON of `/v1/incidents`: the newest first. */
export function incidentsDocument({ applications }: LiveFleet): unknown {
  const all = applications.flatMap(({ incidents }) => incidents);
  return {
    incidents: all.sort((a, b) => b.startSeconds - a.startSeconds).map(incidentDocument),
  };
}
