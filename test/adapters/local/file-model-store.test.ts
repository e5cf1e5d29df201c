import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const bytes = new TextEncoder().encode('a model');

describe('createFileModelStore', () => {
  it('leaves exactly one file, named by the hash', async () => {
    const directory = await temporaryDirectory();
    const { sha256, file } = await createFileModelStore(directory).put(bytes);
    expect(file).toBe(join(directory, 'models', `${sha256}.onnx`));
    expect(await readdir(join(directory, 'models'))).toEqual([`${sha256}.onnx`]);
  });

  it('rejects an altered file, and repairs it when the model is put again', async () => {
    const store = createFileModelStore(await temporaryDirectory());
    const { sha256, file } = await store.put(bytes);
    await writeFile(file, 'a mödel');
    await expect(store.get(sha256)).rejects.toMatchObject({ name: 'StoreError', fault: 'altered' });
    await store.put(bytes);
    expect([...(await store.get(sha256))]).toEqual([...bytes]);
  });

  it('reports a missing file', async () => {
    const store = createFileModelStore(await temporaryDirectory());
    await expect(store.get('0'.repeat(64))).rejects.toMatchObject({ fault: 'missing' });
  });

  it('rejects text that is not a hash, because it could be a path', async () => {
    const store = createFileModelStore(await temporaryDirectory());
    await expect(store.get('../../etc/passwd')).rejects.toThrow(RangeError);
  });
});
