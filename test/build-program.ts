import { build } from 'esbuild';
import { buildProgram } from '#scripts/package/build-bundles.ts';
import { projectPath } from '#scripts/package/project-path.ts';

/** Processes of tests about stores. */
const CHILDREN = ['append-until-killed', 'create-until-killed', 'hold-store'];

/**
 * Builds what the processes and threads of the command line load where tests start them, and the
 * processes of tests: from source each would take seconds to begin.
 */
export async function setup(): Promise<void> {
  await buildProgram();
  await build({
    absWorkingDir: projectPath(),
    entryPoints: CHILDREN.map((name) => `test/adapters/local/store/${name}.ts`),
    outdir: 'dist/children',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'warning',
  });
}
