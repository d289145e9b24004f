/**
 * Opens a bundle. Its container has exactly one form (stored files, no times, no extras): it is unpacked, repacked and
 * compared byte by byte.
 */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';
import { crc32 } from './platform.mjs';

/** @param {Buffer} bytes @returns {Map<string, Buffer>} files by name @throws {Finding} `damaged` */
export function unzip(bytes) {
  const files = new Map();
  let offset = 0;
  while (bytes.length >= offset + 30 && bytes.readUInt32BE(offset) === 0x504b0304) {
    const size = bytes.readUInt32LE(offset + 22);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26);
    const name = bytes.toString('utf8', offset + 30, start);
    if (files.has(name)) throw damaged(`文件 ${name} 出现两次`);
    files.set(name, bytes.subarray(start, start + size));
    offset = start + size;
  }
  if (files.size === 0) throw damaged('不是 ZIP 文件');
  if (!zip(files).equals(bytes)) throw damaged('包的容器与内容不符');
  return files;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @param {Uint8Array} bytes @returns {string} */
export const textOf = (bytes) => decoder.decode(bytes);

const damaged = (what) => new Finding('damaged', what);

/** @param {Map<string, Buffer>} files */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, data] of files) {
    const path = Buffer.from(name, 'utf8');
    const about = Buffer.from(`14000008000000002100${'00'.repeat(16)}`, 'hex');
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(path.length, 22);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('504b0304', 'hex'), about, path, data);
    directory.push(Buffer.from('504b01021400', 'hex'), about, position, path);
    offset += 30 + path.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}
