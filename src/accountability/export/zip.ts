/**
 * A ZIP file in the one form that the verifier accepts: stored, no times, no extras, nothing between the files. Since
 * no byte of it is free, a change of any bit shows.
 */
import { crc32 } from 'node:zlib';

export interface ZipFile {
  /** With `/` between folders. */
  readonly name: string;
  readonly data: Buffer;
}

/** @throws {RangeError} beyond 4 GiB or 65,535 files */
export function zip(files: readonly ZipFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const path = Buffer.from(name, 'utf8');
    const about = describe(path, data);
    bodies.push(Buffer.from('504b0304', 'hex'), about, path, data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), about, tail, path);
    offset += 4 + about.length + path.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

/** The 26 bytes that stand before the file and in the directory alike. */
function describe(path: Buffer, data: Buffer): Buffer {
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  // Names are UTF-8.
  about.writeUInt16LE(0x0800, 2);
  // 1980-01-01, the zero of this format.
  about.writeUInt16LE(0x0021, 8);
  about.writeUInt32LE(crc32(data), 10);
  about.writeUInt32LE(data.length, 14);
  about.writeUInt32LE(data.length, 18);
  about.writeUInt16LE(path.length, 22);
  return about;
}
