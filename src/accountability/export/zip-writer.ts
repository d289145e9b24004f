/**
 * Writes a ZIP file in the only form that the verifier accepts: stored, no times, no extras, no
 * gaps. No byte is free, so any changed bit is detected. The file is streamed to disk.
 */
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { Refusal } from '../../kernel/index.js';

export interface ZipWriter {
  /** @param name with `/` between folders @throws {Refusal} `export.too-large` beyond 4 GiB or 65,535 files */
  add(name: string, content: Buffer | string | AsyncIterable<Buffer>): Promise<void>;
  /** Writes the directory; no files can be added afterwards. */
  end(): Promise<void>;
}

const mostBytes = 0xffff_ffff;
const mostFiles = 0xffff;
/** Write buffer in bytes. */
const gathered = 1 << 20;

export function zipWriter(file: FileHandle): ZipWriter {
  const directory: Buffer[] = [];
  let waiting: Buffer[] = [];
  let written = 0;
  let length = 0;

  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    await file.write(bytes, 0, bytes.length, written);
    written += bytes.length;
  };
  const put = async (...bytes: readonly Buffer[]): Promise<void> => {
    waiting.push(...bytes);
    for (const { length: more } of bytes) length += more;
    if (length > mostBytes) throw tooLarge();
    if (length - written >= gathered) await flush();
  };
  const list = (about: Buffer, path: Buffer, offset: number): void => {
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), about, tail, path);
    if (directory.length / 4 > mostFiles) throw tooLarge();
  };

  return {
    add: async (name, content) => {
      const path = Buffer.from(name, 'utf8');
      const offset = length;
      if (typeof content === 'string' || Buffer.isBuffer(content)) {
        const data = Buffer.from(content);
        const about = describe(path, crc32(data), data.length);
        await put(Buffer.from('504b0304', 'hex'), about, path, data);
        list(about, path, offset);
        return;
      }
      // The local header needs the file's length and checksum.
      await put(Buffer.from('504b0304', 'hex'), describe(path, 0, 0), path);
      const start = length;
      let crc = 0;
      for await (const data of content) {
        crc = crc32(data, crc);
        await put(data);
      }
      const about = describe(path, crc, length - start);
      await flush();
      await file.write(about, 0, about.length, offset + 4);
      list(about, path, offset);
    },
    end: async () => {
      const offset = length;
      const files = directory.length / 4;
      await put(Buffer.concat(directory));
      const end = Buffer.alloc(22);
      end.writeUInt32BE(0x504b0506, 0);
      end.writeUInt16LE(files, 8);
      end.writeUInt16LE(files, 10);
      end.writeUInt32LE(length - offset, 12);
      end.writeUInt32LE(offset, 16);
      await put(end);
      await flush();
    },
  };
}

const tooLarge = (): Refusal =>
  new Refusal('export.too-large', '一个审计包至多 4 GiB、65535 个文件', {
    remedy: '缩小范围，或改用 csv、xlsx、xes、ocel',
  });

/** The 26 bytes shared by local header and directory entry. */
function describe(path: Buffer, crc: number, size: number): Buffer {
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  // Flag: names are UTF-8.
  about.writeUInt16LE(0x0800, 2);
  // 1980-01-01, the epoch of the format.
  about.writeUInt16LE(0x0021, 8);
  about.writeUInt32LE(crc, 10);
  about.writeUInt32LE(size, 14);
  about.writeUInt32LE(size, 18);
  about.writeUInt16LE(path.length, 22);
  return about;
}
