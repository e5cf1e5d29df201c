/**
 * Preloaded into a process and its threads: its clock runs ACCELERATED_FACTOR times as fast as the
 * real one from ACCELERATED_FROM on (Unix seconds), which it showed at the real time
 * ACCELERATED_AT (milliseconds), and the sleeps of its loops are as much shorter.
 */
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import timers from 'node:timers/promises';

const factor = Number(process.env['ACCELERATED_FACTOR']);
const fromMs = Number(process.env['ACCELERATED_FROM']) * 1000;
const atMs = Number(process.env['ACCELERATED_AT']);
const realNow = Date.now;
Date.now = () => fromMs + (realNow() - atMs) * factor;

const realDelay = timers.setTimeout;
timers.setTimeout = (ms, ...others) => realDelay(ms / factor, ...others);
syncBuiltinESMExports();
