/**
 * Child process of the lock test: opens the store and keeps it open until its standard input ends.
 */
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';

const store = await openLocalStore(process.argv[2]);
process.stdout.write('open\n');
process.stdin.resume();
process.stdin.on('end', () => void store.close());
