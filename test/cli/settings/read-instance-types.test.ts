import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readInstanceTypes } from '#cli/settings/read-instance-types.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const fileWith = async (content: unknown): Promise<string> => {
  const file = join(await temporaryDirectory(), 'types.json');
  await writeFile(file, JSON.stringify(content));
  return file;
};

test('a resource that is left out limits nothing', async () => {
  const file = await fileWith([{ name: 'm7i.large', cpu: 2, pricePerHour: 0.1 }]);
  expect(await readInstanceTypes(file)).toEqual([
    {
      name: 'm7i.large',
      capacity: { cpu: 2, memory: null, disk: null, network: null },
      pricePerHour: 0.1,
    },
  ]);
});

test('every fault is named in one message with its place', async () => {
  const file = await fileWith([{ name: 'a', cpu: -1, pricePerHour: 1 }, { name: 'b' }]);
  await expect(readInstanceTypes(file)).rejects.toThrow(
    /types\.json: (?=.*0\.cpu)(?=.*1\.pricePerHour)/,
  );
  const useless = await fileWith([
    { name: 'a', cpu: 0, pricePerHour: 1 },
    { name: 'b', pricePerHour: 1 },
  ]);
  await expect(readInstanceTypes(useless)).rejects.toThrow(
    /(?=.*holds 0 of a resource)(?=.*holds none of cpu)/,
  );
  await expect(readInstanceTypes(await fileWith([]))).rejects.toThrow('names no instance type');
});
