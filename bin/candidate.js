/**
 * The process in which a model file that others made is tried: see
 * adapters/local/candidates/candidate-process.ts.
 */
import process from 'node:process';
import { load } from './load.js';

const { answerRequests } = await load(
  'adapters/local/candidates/candidate-child.ts',
  'candidate.js',
);
answerRequests(process);
