export function scoreTask(job: unknown): unknown {
  return job;
}
