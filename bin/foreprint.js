#!/usr/bin/env node
import { closeSync, openSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Files that loading the program and its threads needs to open at once, and some more. */
const FREE_FILES = 64;
/** Addresses that Node reserves for WebAssembly and its heap, in bytes; it uses few of them. */
const ADDRESS_SPACE = 24e9;

/** One line, whatever was thrown: also where files or memory run out while modules are loaded. */
function fail(error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`foreprint: ${message.replace(/\s*\n\s*/g, ' ').trim()}\n`);
  process.exit(1);
}

/** Too few files would end, or hang, the loading of modules in ways that nothing can catch. */
function requireFreeFiles() {
  const files = [];
  try {
    while (files.length < FREE_FILES) files.push(openSync('/dev/null', 'r'));
  } catch (error) {
    if (error.code !== 'EMFILE' && error.code !== 'ENFILE') return;
    fail(`${files.length} more files can be opened, ${FREE_FILES} are needed (see "ulimit -n")`);
  } finally {
    files.forEach((file) => closeSync(file));
  }
}

/** So would too few addresses. Systems without proc(5) say nothing. */
function requireAddressSpace() {
  let limits;
  try {
    limits = readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return;
  }
  const most = Number(/^Max address space +(\d+)/m.exec(limits)?.[1] ?? Infinity);
  if (most >= ADDRESS_SPACE) return;
  const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
  fail(
    `the address space is limited to ${gigabytes(most)}, Node needs ${gigabytes(ADDRESS_SPACE)} (see "ulimit -v")`,
  );
}

process.on('uncaughtException', fail);
requireFreeFiles();
requireAddressSpace();
try {
  // Imported here, because nothing can catch what a static import throws.
  const { load } = await import('./load.js');
  const { main } = await load('cli/main.ts', 'main.js');
  process.exitCode = await main(process.argv);
} catch (error) {
  fail(error);
}
