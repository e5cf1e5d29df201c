/** Field numbers of metadata_props, and of the key and the value of an entry, in onnx.proto. */
const METADATA = 14;
const [KEY, VALUE] = [1, 2];

/** Wire types of protobuf. */
const [VARINT, EIGHT_BYTES, LENGTH_DELIMITED, FOUR_BYTES] = [0, 1, 2, 5];

const UTF8 = new TextDecoder();

/**
 * Reads the metadata_props of an ONNX file and nothing else of it, without a library: every
 * decision loads it. The JavaScript interface of ONNX Runtime does not provide them.
 * @throws RangeError if the bytes are not a protobuf message, or end within one.
 */
export function readMetadataProps(bytes: Uint8Array): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  for (const entry of fieldsOf(bytes, METADATA)) {
    const [key, value] = [KEY, VALUE].map((field) => fieldsOf(entry, field).at(-1));
    metadata.set(UTF8.decode(key), UTF8.decode(value));
  }
  return metadata;
}

/** The bytes of every occurrence of a field of a message. */
function fieldsOf(bytes: Uint8Array, field: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('the message ends within a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number of more than ten bytes');
  };
  const lengthOf = (type: number): number => {
    if (type === EIGHT_BYTES) return 8;
    if (type === LENGTH_DELIMITED) return varint();
    if (type === FOUR_BYTES) return 4;
    throw new RangeError(`wire type ${type}`);
  };
  while (at < bytes.length) {
    const tag = varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (number === 0) throw new RangeError('field 0');
    if (type === VARINT) {
      varint();
      continue;
    }
    const end = lengthOf(type) + at;
    if (end > bytes.length) throw new RangeError('the message ends within a field');
    if (number === field && type === LENGTH_DELIMITED) found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}
