import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../docs/kubernetes');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));

/** The parts of the API types that the manifests use; anything else is a mistake. */
const meta = z.strictObject({
  name: z.string(),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
const labels = z.record(z.string(), z.string().regex(/^[A-Za-z0-9._-]{1,63}$/));
const probe = z.strictObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) });
const replicas = z.int().min(0);

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'v1/PersistentVolumeClaim': z.strictObject({
    accessModes: z.array(z.enum(['ReadWriteOnce', 'ReadWriteOncePod'])),
    resources: z.strictObject({ requests: z.strictObject({ storage: z.string() }) }),
  }),
  'v1/Service': z.strictObject({
    selector: labels,
    ports: z.array(z.strictObject({ name: z.string(), port: z.int(), targetPort: z.string() })),
  }),
  'apps/v1/Deployment': z.strictObject({
    replicas: z.literal(1),
    strategy: z.strictObject({ type: z.literal('Recreate') }),
    selector: z.strictObject({ matchLabels: labels }),
    template: z.strictObject({
      metadata: z.strictObject({ labels }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), fsGroup: z.int() }),
        containers: z.tuple([
          z.strictObject({
            name: z.string(),
            image: z.string(),
            args: z.array(z.string()),
            env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
            ports: z.array(z.strictObject({ name: z.string(), containerPort: z.literal(8080) })),
            readinessProbe: probe,
            livenessProbe: probe,
            resources: z.strictObject({ requests: labels, limits: labels }),
            securityContext: z.strictObject({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
            }),
            volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
  // The fields of KEDA's CustomResourceDefinition scaledobjects.keda.sh that are used.
  'keda.sh/v1alpha1/ScaledObject': z.strictObject({
    scaleTargetRef: z.strictObject({ name: z.string() }),
    pollingInterval: z.int(),
    minReplicaCount: replicas,
    maxReplicaCount: replicas,
    fallback: z.strictObject({ failureThreshold: z.int(), replicas }),
    triggers: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('metrics-api'),
          metricType: z.literal('AverageValue'),
          // Values of metadata are text in the definition.
          metadata: z.strictObject({
            url: z.url(),
            valueLocation: z.literal('value'),
            targetValue: z.literal('1'),
          }),
        }),
        z.strictObject({
          type: z.literal('cpu'),
          metricType: z.literal('Utilization'),
          metadata: z.strictObject({ value: z.string() }),
        }),
      ]),
    ),
  }),
  'autoscaling/v2/HorizontalPodAutoscaler': z.strictObject({
    scaleTargetRef: z.strictObject({
      apiVersion: z.literal('apps/v1'),
      kind: z.literal('Deployment'),
      name: z.string(),
    }),
    minReplicas: replicas,
    maxReplicas: replicas,
    metrics: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('External'),
          external: z.strictObject({
            metric: z.strictObject({
              name: z.string(),
              selector: z.strictObject({ matchLabels: labels }),
            }),
            target: z.strictObject({ type: z.literal('AverageValue'), averageValue: z.string() }),
          }),
        }),
        z.strictObject({
          type: z.literal('Resource'),
          resource: z.strictObject({
            name: z.string(),
            target: z.strictObject({ type: z.literal('Utilization'), averageUtilization: z.int() }),
          }),
        }),
      ]),
    ),
  }),
};

const manifest = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: meta });

describe('the manifests for Kubernetes', () => {
  it.each(files)('%s has what its types have', (file) => {
    const documents = parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8'));
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) {
      expect(document).toMatchObject({ errors: [], warnings: [] });
      const { apiVersion, kind, spec, data } = manifest.parse(document.toJS());
      if (kind === 'ConfigMap') {
        z.record(z.string(), z.string()).parse(data);
        continue;
      }
      const schema = SCHEMAS[`${apiVersion}/${kind}`];
      expect(schema, `${apiVersion}/${kind}`).toBeDefined();
      schema?.parse(spec);
    }
  });
});
