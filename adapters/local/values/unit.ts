import type { Resource } from '#core/domain/footprint.ts';
import { ownValue } from '#core/text/own-value.ts';
import { BYTE_FACTORS } from './byte-factors.ts';

/** How the values of a column become the unit of their resource. */
export interface Unit {
  /** Cores, bytes or bytes/s of one unit of the column. */
  readonly factor: number;
  /** `step`: a sum over each step; `counter`: a total that grows, whose rate is taken. */
  readonly per: 'value' | 'step' | 'counter';
}

const CORES: Readonly<Record<string, number>> = {
  cores: 1,
  millicores: 1e-3,
  m: 1e-3,
  microcores: 1e-6,
  nanocores: 1e-9,
  n: 1e-9,
};

const BYTES: Readonly<Record<string, number>> = {
  bytes: 1,
  ...BYTE_FACTORS,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  bits: 1 / 8,
  kbit: 1e3 / 8,
  Mbit: 1e6 / 8,
  Gbit: 1e9 / 8,
  sectors: 512,
};

/** What a user may write, for messages. */
const UNIT_EXAMPLES: Readonly<Record<Resource, string>> = {
  cpu: 'percent:4, percent:2x3, share:4, millicores, nanocores, counter',
  memory: 'KiB, MiB, GiB, MB, percent:16GiB',
  disk: 'KiB, MiB, MB, bytes/step, counter',
  network: 'kbit, Mbit, KiB, MB, bytes/step, counter',
};

/**
 * A unit as users write it: `MiB`, `millicores`, `percent:4` (of four cores), `percent:2x3` (of two
 * cores on three instances), `percent:16GiB`, `share:4`, `bytes/step`, `MiB/step`, `counter`,
 * `KiB/counter`. Null if it is none of the resource.
 */
export function readUnit(resource: Resource, text: string): Unit | null {
  const [, kind, whole] = /^(percent|share):(.+)$/.exec(text) ?? [];
  if (kind !== undefined && whole !== undefined) {
    const size = resource === 'cpu' ? coresOf(whole) : bytesOf(whole);
    if (size === null) return null;
    return { factor: kind === 'percent' ? size / 100 : size, per: 'value' };
  }
  if (text === 'counter') return { factor: 1, per: 'counter' };
  const [, name = text, per] = /^(.+)\/(step|counter|s)$/.exec(text) ?? [];
  const factor = ownValue(resource === 'cpu' ? CORES : BYTES, name);
  if (factor === undefined) return null;
  return { factor, per: per === 'step' || per === 'counter' ? per : 'value' };
}

/** `4` or `2x3`: cores, or cores of an instance × instances. */
function coresOf(text: string): number | null {
  const [, cores, instances = '1'] = /^(\d+(?:\.\d+)?)(?:x(\d+))?$/.exec(text) ?? [];
  const size = Number(cores) * Number(instances);
  return size > 0 ? size : null;
}

/** Nobody who writes a smaller number without a unit means bytes. */
const LEAST_PLAIN_BYTES = 1e6;

function bytesOf(text: string): number | null {
  const [, number, unit = '', instances = '1'] = SIZE.exec(text) ?? [];
  if (unit === '' && Number(number) < LEAST_PLAIN_BYTES) return null;
  const size =
    Number(number) * (unit === '' ? 1 : (ownValue(BYTES, unit) ?? NaN)) * Number(instances);
  return size > 0 ? size : null;
}

const SIZE = /^(\d+(?:\.\d+)?)([A-Za-z]*)(?:x(\d+))?$/;

/**
 * Why a text is no unit of a resource, and what is, for messages: after the text itself.
 * @returns for a percentage or share of a plain number of bytes the same with a unit.
 */
export function unitFault(resource: Resource, text: string): string {
  const [, kind, whole = ''] = /^(percent|share):(.+)$/.exec(text) ?? [];
  const [, number, unit, instances] = SIZE.exec(whole) ?? [];
  if (resource === 'cpu' || number === undefined || unit !== '' || !(Number(number) > 0)) {
    return `expected ${resource}= one of ${UNIT_EXAMPLES[resource]}`;
  }
  const size = `${number}GiB${instances === undefined ? '' : `x${instances}`}`;
  return `${number} of what? For GiB it is ${resource}=${kind}:${size}`;
}
