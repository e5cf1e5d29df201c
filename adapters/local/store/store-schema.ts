/** Version of the tables below; a store of a later version is rejected. */
export const SCHEMA_VERSION = 2;

const CREATE_VIEW = `CREATE OR REPLACE VIEW footprints AS
     SELECT application_id, make_timestamp(timestamp_seconds * 1000000) AS "timestamp",
            cpu, memory, disk, network, application_type, simulated
     FROM footprint JOIN application USING (application_key)`;

/**
 * By version: the statements that change the tables of version 1, 2, … into those of the next. A
 * change of `CREATE_SCHEMA` raises the version and adds an entry here.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  ['ALTER TABLE application ADD COLUMN simulated BOOLEAN DEFAULT false', CREATE_VIEW],
];

/**
 * `footprint` has no index: only one writer merges, under the store's lock, so duplicate keys
 * cannot occur, and an index would take more memory than the points. The view `footprints` is for
 * users who open the file with DuckDB; what they copy out of it carries the mark `simulated`.
 */
export const CREATE_SCHEMA: readonly string[] = [
  'CREATE TABLE store_schema (version INTEGER NOT NULL)',
  `INSERT INTO store_schema VALUES (${SCHEMA_VERSION})`,
  `CREATE TABLE application (
     application_key INTEGER NOT NULL, application_id VARCHAR NOT NULL, application_type VARCHAR,
     simulated BOOLEAN DEFAULT false)`,
  `CREATE TABLE footprint (
     application_key INTEGER NOT NULL, timestamp_seconds BIGINT NOT NULL,
     cpu DOUBLE, memory DOUBLE, disk DOUBLE, network DOUBLE)`,
  CREATE_VIEW,
  `CREATE TABLE application_profile (
     application_id VARCHAR NOT NULL, version INTEGER NOT NULL, body VARCHAR NOT NULL)`,
  'CREATE TABLE cluster_profile (cluster_id VARCHAR NOT NULL, body VARCHAR NOT NULL)',
  `CREATE TABLE allocation_log (
     application_id VARCHAR NOT NULL, decided_at_seconds BIGINT NOT NULL, body VARCHAR NOT NULL)`,
  'CREATE TABLE monitoring_state (application_id VARCHAR NOT NULL, body VARCHAR NOT NULL)',
  `CREATE TABLE incident (
     application_id VARCHAR NOT NULL, resource VARCHAR NOT NULL, start_seconds BIGINT NOT NULL,
     body VARCHAR NOT NULL)`,
];
