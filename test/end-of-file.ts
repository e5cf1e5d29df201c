import { afterAll } from 'vitest';

const tasks = new Set<() => void>();

/**
 * Has something done when the tests of the running file are done. A hook of a module does not
 * suffice: files that share a process import it once.
 * @returns forgets it.
 */
export function atEndOfFile(task: () => void): () => void {
  tasks.add(task);
  return () => void tasks.delete(task);
}

/** Called for every file, see test/set-up-file.ts. */
export function endFiles(): void {
  afterAll(() => {
    for (const task of tasks) task();
    tasks.clear();
  });
}
