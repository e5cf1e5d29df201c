/** Creates one store after the other until it is killed, and says which one it begins. */
import { join } from 'node:path';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';

const directory = process.argv[2]!;
for (let store = 0; ; store++) {
  process.stdout.write(`begins ${store}\n`);
  await (await openLocalStore(join(directory, String(store)))).close();
}
