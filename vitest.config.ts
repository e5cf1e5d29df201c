import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms that see no process, file, emulator or browser: their tests are the fast ones. */
const PURE_ROOMS = 'test/{core,evaluation,html-report,models}/**';

/** Tests of these rooms that train models or replay weeks. */
const SLOW = 'test/**/*.slow.test.ts';

/**
 * What changes its process for good: mocks of modules, variables that are read when a module is
 * imported, modules imported anew. All others share a process, which is most of their time.
 */
const OWN_PROCESS = [
  'test/cdk/calls.test.ts',
  'test/functions/account/**/*.test.ts',
  'test/functions/events/stale.test.ts',
];

/**
 * What takes longest: whole reports in a browser, `serve` for days of its time, candidates trained,
 * every call beside the roles. `npm test` is without it, `npm run test:long` runs it.
 */
const LONG = [
  'test/browser/{many-applications,report,report-for-all}.test.ts',
  'test/cdk/{bundles,calls}.test.ts',
  'test/cli/aws/account/plan.test.ts',
  'test/cli/cases/candidates-that-change.test.ts',
  'test/cli/serve/serve-*.test.ts',
  'test/cli/work/candidates.test.ts',
  'test/evaluation/replay/weekly-peak.slow.test.ts',
];

/** Processes and threads of the command line load what this has built. */
const BUILT = { globalSetup: 'test/build-program.ts', env: { FOREPRINT_BUILT: 'yes' } };

/** Threads that every command would start and load anew: its tasks run in the tests' own. */
const TASKS_HERE = fileURLToPath(
  new URL('test/cli/workers/tasks-in-this-thread.ts', import.meta.url),
);

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
    setupFiles: 'test/set-up-file.ts',
    // Transformed modules are kept: the next run, also under another Node, reads them.
    experimental: { fsModuleCache: true },
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
      {
        extends: true,
        test: {
          name: 'slow',
          isolate: false,
          include: [SLOW],
          exclude: [...configDefaults.exclude, ...LONG],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, PURE_ROOMS, END_TO_END, ...OWN_PROCESS, ...LONG],
          alias: { piscina: TASKS_HERE },
          ...BUILT,
        },
      },
      {
        extends: true,
        test: {
          name: 'own-process',
          include: OWN_PROCESS,
          exclude: [...configDefaults.exclude, ...LONG],
        },
      },
      { extends: true, test: { name: 'long', include: LONG, ...BUILT } },
      { extends: true, test: { name: 'end-to-end', include: [`${END_TO_END}/*.test.ts`] } },
    ],
  },
});
