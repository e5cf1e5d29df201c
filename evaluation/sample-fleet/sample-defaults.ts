/** Seed of the sample fleet if none is given. */
export const SAMPLE_SEED = 1;

/** Monday, 5 January 2026, 00:00 UTC. */
export const SAMPLE_START_SECONDS = Date.UTC(2026, 0, 5) / 1000;
