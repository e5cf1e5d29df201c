import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms that see no process, file, emulator or browser: their tests are the fast ones. */
const PURE_ROOMS = 'test/{core,evaluation,html-report,models}/**';

/** Tests of these rooms that train models or replay weeks. */
const SLOW = 'test/**/*.slow.test.ts';

/** The deployed stack in emulators, under the Node that Lambda has. */
const END_TO_END = 'test/end-to-end/**';

export default defineConfig({
  test: {
    pool: 'forks',
    // All cores: one fewer, as by default, is half of a machine with two.
    maxWorkers: availableParallelism(),
    // Ends what hangs. No test depends on how fast the machine is, and some run on busy ones.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 300_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // They mock nothing and leave nothing behind: a process for each costs more than they do.
          isolate: false,
          include: [`${PURE_ROOMS}/*.test.ts`],
          exclude: [...configDefaults.exclude, SLOW],
        },
      },
      { extends: true, test: { name: 'slow', include: [SLOW] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, PURE_ROOMS, END_TO_END],
        },
      },
      { extends: true, test: { name: 'end-to-end', include: [`${END_TO_END}/*.test.ts`] } },
    ],
  },
});
