import { afterEach, expect, it } from 'vitest';
import { ModelFileError } from '#adapters/aws/model-file-error.ts';
import { createS3ModelStore } from '#adapters/aws/s3-model-store.ts';
import { modelStoreContract } from '#test/adapters/contracts/model-store-contract.ts';
import { openS3, type FaultQueue } from '#test/emulators/open-s3.ts';

const faults: FaultQueue = [];
const emulated = openS3(faults);
let buckets = 0;
const open = () => {
  const s3 = emulated();
  const bucket = `models-${buckets++}`;
  s3.requests.length = 0;
  return { ...s3, bucket, store: createS3ModelStore({ client: s3.client, bucket, prefix: 'm/' }) };
};
const bytes = new TextEncoder().encode('a model');
const faultOf = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof ModelFileError ? error.fault : error;
};

afterEach(() => {
  faults.length = 0;
});

modelStoreContract('S3', async () => open().store);

it('stores a new file with one call and an existing one with two', async () => {
  const { store, requests, bucket } = open();
  const { sha256, file } = await store.put(bytes);
  const path = `/${bucket}/m/${sha256}.onnx`;
  expect(file).toBe(`s3:/${path}`);
  await store.put(bytes);
  expect(requests).toEqual([`PUT ${path}`, `PUT ${path}`, `HEAD ${path}`]);
});

it('rejects an altered file, and repairs it when it is stored again', async () => {
  const { store, objects, bucket } = open();
  const { sha256 } = await store.put(bytes);
  const other = Buffer.from('another model');
  objects.set(`/${bucket}/m/${sha256}.onnx`, { bytes: other, sha256: null });
  expect(await faultOf(store.get(sha256))).toBe('altered');
  await store.put(bytes);
  expect([...(await store.get(sha256))]).toEqual([...bytes]);
});

it('distinguishes a missing file from a failing service', async () => {
  const { store } = open();
  const { sha256 } = await store.put(bytes);
  expect(await faultOf(store.get('0'.repeat(64)))).toBe('missing');
  faults.push({ status: 403, code: 'AccessDenied' });
  expect(await faultOf(store.get(sha256))).toBe('failed');
  faults.push({ status: 500, code: 'InternalError' });
  expect(await faultOf(store.put(bytes))).toBe('failed');
});

it('stores the file when a concurrent write of it failed', async () => {
  const { store } = open();
  faults.push({ status: 409, code: 'ConditionalRequestConflict' });
  const { sha256 } = await store.put(bytes);
  expect([...(await store.get(sha256))]).toEqual([...bytes]);
});

it('accepts only hashes', async () => {
  const { store, requests } = open();
  await expect(store.get('../secret')).rejects.toThrow(RangeError);
  expect(requests).toEqual([]);
});
