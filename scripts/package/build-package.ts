/** Builds what `npm pack` takes along: npm run build. Users of a checkout need none of it. */
import { rmSync } from 'node:fs';
import { buildConstruct, buildFunctions, buildProgram } from './build-bundles.ts';
import { projectPath } from './project-path.ts';
import { writeDeclarations } from './write-declarations.ts';
import { writeLicences } from './write-licences.ts';

for (const folder of ['lib', 'cdk', 'functions']) {
  rmSync(projectPath('dist', folder), { recursive: true, force: true });
}
const metafiles = [await buildProgram(), await buildConstruct()];
writeLicences(metafiles);
await writeDeclarations();
await buildFunctions();
