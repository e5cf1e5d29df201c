import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  LARGEST_BYTES,
  readCandidateFiles,
} from '#adapters/local/candidates/read-candidate-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

it('candidates are regular files only, and are read within bounds', async () => {
  const directory = await temporaryDirectory();
  const at = (name: string) => join(directory, name);
  await writeFile(at('good.onnx'), 'bytes');
  await symlink(at('good.onnx'), at('linked.onnx'));
  await symlink('/dev/zero', at('endless.onnx'));
  await symlink(at('nothing'), at('dangling.onnx'));
  await mkdir(at('folder.onnx'));
  execFileSync('mkfifo', [at('pipe.onnx')]);
  await writeFile(at('huge.onnx'), '');
  await truncate(at('huge.onnx'), LARGEST_BYTES + 1);
  const found = Object.fromEntries(
    (await readCandidateFiles(directory)).map((candidate) => [
      candidate.file,
      'reason' in candidate ? candidate.reason : Buffer.from(candidate.onnx).toString(),
    ]),
  );
  expect(found).toEqual({
    'dangling.onnx': expect.stringContaining('ENOENT'),
    'endless.onnx': 'it is no regular file',
    'folder.onnx': 'it is no regular file',
    'good.onnx': 'bytes',
    'huge.onnx': `it has ${LARGEST_BYTES + 1} bytes, at most ${LARGEST_BYTES} are accepted`,
    'linked.onnx': 'bytes',
    'pipe.onnx': 'it is no regular file',
  });
});
