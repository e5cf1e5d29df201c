import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** moto depends on botocore, which is in the same environment. */
const PYTHON = path.join(path.dirname(process.env['MOTO_SERVER'] ?? ''), 'python');
const CHECK = fileURLToPath(new URL('request-model.py', import.meta.url));

/**
 * Checks the form of a request that no emulator knows against AWS's own model of the service: every
 * required member is there, none is unknown, each has its type.
 * @throws with what does not fit.
 */
export function fitsServiceModel(service: string, form: URLSearchParams): true {
  const operation = form.get('Action');
  const ofTheProtocol = ['Action', 'Version'];
  const input = Object.fromEntries([...form].filter(([name]) => !ofTheProtocol.includes(name)));
  execFileSync(PYTHON, [CHECK], { input: JSON.stringify({ service, operation, input }) });
  return true;
}
