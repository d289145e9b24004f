/** The part of CBOR (RFC 8949) that receipts need, in its deterministic encoding only. */

/** Integers, byte strings, texts, arrays, maps by integers, tags, null. */
export type Cbor = number | null | string | Buffer | readonly Cbor[] | CborMap | Tagged;
export type CborMap = ReadonlyMap<number, Cbor>;

export class Tagged {
  constructor(
    readonly tag: number,
    readonly value: Cbor,
  ) {}
}

export function encodeCbor(value: Cbor): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    return Buffer.concat([head(3, bytes.length), bytes]);
  }
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Tagged) return Buffer.concat([head(6, value.tag), encodeCbor(value.value)]);
  if (value instanceof Map) return encodeMap(value as CborMap);
  const items = value as readonly Cbor[];
  return Buffer.concat([head(4, items.length), ...items.map(encodeCbor)]);
}

function encodeMap(map: CborMap): Buffer {
  const members = [...map]
    .map(([key, value]) => [encodeCbor(key), encodeCbor(value)] as const)
    .sort(([one], [other]) => Buffer.compare(one, other));
  return Buffer.concat([head(5, members.length), ...members.flat()]);
}

function head(major: number, count: number): Buffer {
  const first = major << 5;
  if (count < 24) return Buffer.from([first | count]);
  if (count < 0x100) return Buffer.from([first | 24, count]);
  const bytes = Buffer.alloc(9);
  if (count < 0x1_0000) {
    bytes.writeUInt8(first | 25);
    bytes.writeUInt16BE(count, 1);
    return bytes.subarray(0, 3);
  }
  if (count < 0x1_0000_0000) {
    bytes.writeUInt8(first | 26);
    bytes.writeUInt32BE(count, 1);
    return bytes.subarray(0, 5);
  }
  bytes.writeUInt8(first | 27);
  bytes.writeBigUInt64BE(BigInt(count), 1);
  return bytes;
}

/** Tells truncated bytes from wrong ones, because their causes differ. */
export class CborError extends Error {
  constructor(readonly flaw: 'truncated' | 'malformed') {
    super(flaw);
  }
}

/** @throws {CborError} also for bytes after the item, and for any encoding but the shortest */
export function decodeCbor(bytes: Buffer): Cbor {
  const reader = { bytes, at: 0 };
  const value = readItem(reader, 0);
  if (reader.at !== bytes.length || !encodeCbor(value).equals(bytes)) throw new CborError('malformed');
  return value;
}

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

const deepest = 8;

function readItem(reader: Reader, depth: number): Cbor {
  if (depth > deepest) throw new CborError('malformed');
  const first = take(reader, 1).readUInt8();
  if (first === 0xf6) return null;
  const major = first >> 5;
  const count = readCount(reader, first & 31);
  switch (major) {
    case 0:
      return count;
    case 1:
      return -1 - count;
    case 2:
      return take(reader, count);
    case 3:
      return take(reader, count).toString('utf8');
    case 4:
      return Array.from({ length: bounded(reader, count) }, () => readItem(reader, depth + 1));
    case 5:
      return new Map(
        Array.from({ length: bounded(reader, count) }, () => {
          const key = readItem(reader, depth + 1);
          if (typeof key !== 'number') throw new CborError('malformed');
          return [key, readItem(reader, depth + 1)] as const;
        }),
      );
    case 6:
      return new Tagged(count, readItem(reader, depth + 1));
    default:
      throw new CborError('malformed');
  }
}

function readCount(reader: Reader, info: number): number {
  if (info < 24) return info;
  if (info === 24) return take(reader, 1).readUInt8();
  if (info === 25) return take(reader, 2).readUInt16BE();
  if (info === 26) return take(reader, 4).readUInt32BE();
  if (info !== 27) throw new CborError('malformed');
  const count = Number(take(reader, 8).readBigUInt64BE());
  if (!Number.isSafeInteger(count)) throw new CborError('malformed');
  return count;
}

/** Each item takes at least one byte, so the input's length bounds the count. */
function bounded({ bytes, at }: Reader, count: number): number {
  if (count > bytes.length - at) throw new CborError('truncated');
  return count;
}

function take(reader: Reader, count: number): Buffer {
  const end = reader.at + count;
  if (end > reader.bytes.length) throw new CborError('truncated');
  const taken = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return taken;
}
