/**
 * The process in which a model file that others made is tried: see
 * adapters/local/candidates/candidate-process.ts.
 */
import process from 'node:process';
import { register } from 'tsx/esm/api';

register();

(await import('../adapters/local/candidates/candidate-child.ts')).answerRequests(process);
