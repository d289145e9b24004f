/** Streams a compressed ZIP file, one file after the other. */
import { Zip, ZipDeflate } from 'fflate';
import { Refusal } from '../../../kernel/index.js';

export interface ZipStream {
  open(name: string): Promise<void>;
  write(text: string): Promise<void>;
  close(): Promise<void>;
  end(): Promise<void>;
}

/** Characters buffered before compression. */
const gathered = 1 << 16;
/** The limit without ZIP64, which some programs cannot read. */
const mostBytes = 0xffff_ffff;

export function zipStream(write: (bytes: Uint8Array) => Promise<void>): ZipStream {
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  let file: ZipDeflate | undefined;
  let text = '';
  let length = 0;
  const zip = new Zip((error, bytes) => {
    if (error) failure = error;
    else ready.push(bytes);
  });
  const flush = async (): Promise<void> => {
    if (failure) throw failure;
    for (const bytes of ready.splice(0)) await write(bytes);
  };
  const push = (isLast: boolean): Promise<void> => {
    const bytes = Buffer.from(text, 'utf8');
    text = '';
    length += bytes.length;
    if (length > mostBytes)
      throw new Refusal('export.too-large', 'XLSX 的一张表至多 4 GiB', {
        remedy: '缩小范围，或改用 csv、xes、ocel',
      });
    file?.push(bytes, isLast);
    return flush();
  };
  return {
    open: async (name) => {
      length = 0;
      file = new ZipDeflate(name, { level: 3 });
      file.mtime = '1980-01-01T12:00:00';
      zip.add(file);
      await flush();
    },
    write: async (more) => {
      text += more;
      if (text.length >= gathered) await push(false);
    },
    close: () => push(true),
    end: async () => {
      zip.end();
      await flush();
    },
  };
}
