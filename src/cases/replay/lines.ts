import { createReadStream } from 'node:fs';

export interface Line {
  /** Line number, counted from 1. */
  readonly number: number;
  readonly bytes: Buffer;
  /** Byte offset of the end of the line, for progress. */
  readonly end: number;
}

/** Bytes; longer lines are cut, which bounds memory. */
const longestLine = 4 * 1024 * 1024;

/** Non-empty lines as bytes; the reader decodes each line. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let offset = 0;
  const emit = (bytes: Buffer): Line | undefined => {
    number += 1;
    const line = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
    const start = number === 1 && line.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
    return line.length > start ? { number, bytes: line.subarray(start), end: offset } : undefined;
  };
  for await (const chunk of createReadStream(path)) {
    let block = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    for (let end = block.indexOf(0x0a); end >= 0; end = block.indexOf(0x0a)) {
      offset += end + 1;
      const line = emit(block.subarray(0, end));
      if (line) yield line;
      block = block.subarray(end + 1);
    }
    rest = block.length > longestLine ? block.subarray(0, longestLine) : block;
  }
  offset += rest.length;
  const last = rest.length > 0 ? emit(rest) : undefined;
  if (last) yield last;
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
