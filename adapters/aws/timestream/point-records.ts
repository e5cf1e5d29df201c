import type { _Record, MeasureValue } from '@aws-sdk/client-timestream-write';
import { RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';
import type { ApplicationPoints } from '#core/domain/ports.ts';
import { APPLICATION_ID, APPLICATION_TYPE, WRITTEN } from './timestream-table.ts';

/** A record to write and the point that it came from. */
export interface PointRecord {
  readonly applicationId: string;
  readonly timestampSeconds: number;
  readonly record: _Record;
}

/** Attributes that all records of one append share. */
export function commonAttributes(version: number): _Record {
  return { MeasureValueType: 'MULTI', TimeUnit: 'SECONDS', Version: version };
}

/**
 * One multi-measure record per point. Its measure name lists the measured resources, for example
 * "cpu_network". The measure name is part of a record's key, so a point with fewer resources is
 * stored beside the earlier record instead of replacing it. A write therefore needs no read, and
 * writers never wait for each other. Readers take, per resource, the value that was written last
 * (`written`).
 */
export function pointRecords(
  { applicationId, applicationType, points }: ApplicationPoints,
  version: number,
): readonly PointRecord[] {
  const dimensions = [{ Name: APPLICATION_ID, Value: applicationId }];
  const common: readonly MeasureValue[] = [
    { Name: APPLICATION_TYPE, Type: 'VARCHAR', Value: JSON.stringify(applicationType) },
    { Name: WRITTEN, Type: 'BIGINT', Value: String(version) },
  ];
  return points.map((point) => ({
    applicationId,
    timestampSeconds: point.timestampSeconds,
    record: {
      Dimensions: dimensions,
      Time: String(point.timestampSeconds),
      ...measuresOf(point, common),
    },
  }));
}

function measuresOf(
  { footprint }: FootprintPoint,
  common: readonly MeasureValue[],
): Pick<_Record, 'MeasureName' | 'MeasureValues'> {
  const measured = RESOURCES.filter((resource) => footprint[resource] !== null);
  const values = measured.map((resource) => ({
    Name: resource,
    Type: 'DOUBLE' as const,
    Value: String(footprint[resource]),
  }));
  return { MeasureName: measured.join('_'), MeasureValues: [...values, ...common] };
}
