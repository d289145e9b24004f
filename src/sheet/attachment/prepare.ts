/** Decides on a received file: its type, and which content is stored. */
import { Refusal } from '../../kernel/index.js';
import { pdf, plain, sniff, type Media } from './media.js';
import { readOffice } from './office.js';
import { rewritePicture } from './picture.js';
import { readText } from './plain-text.js';
import type { Received } from './receive.js';

export interface Prepared {
  readonly media: Media;
  /** Undefined: stored as received. */
  readonly content?: Buffer;
  readonly thumbnail?: Buffer;
}

const acceptedInWords =
  '照片（JPEG、PNG、WebP、GIF）、录音（MP3、M4A、WAV、OGG、AMR）、短视频（MP4、MOV）、文件（PDF、DOCX、XLSX、TXT）';

/** @throws {Refusal} `attachment.unsupported`, `attachment.damaged` */
export async function prepare(received: Received): Promise<Prepared> {
  const found = sniff(received.head);
  if (found === 'heic') {
    throw new Refusal('attachment.unsupported', '这是苹果手机的 HEIC、AVIF 照片，本系统打不开', {
      remedy: '在“设置—相机—格式”里选“兼容性最佳”，或者另存为 JPEG 再传',
    });
  }
  if (found === 'package') return { media: decided(readOffice(await wholeOf(received))) };
  if (found === 'text') {
    const content = decided(readText(await wholeOf(received)));
    return { media: plain, content };
  }
  if (found === undefined) throw unsupported('不是认得的格式');
  if (found.kind === 'picture') return rewritePicture(await wholeOf(received));
  if (found === pdf && !(await endOf(received)).includes('%%EOF')) {
    throw new Refusal('attachment.damaged', 'PDF 不完整，没有结尾', { remedy: '重新下载或者另存以后再传' });
  }
  return { media: found };
}

function decided<Result>(result: Result | string): Result {
  if (typeof result === 'string') throw unsupported(result);
  return result;
}

const unsupported = (why: string): Refusal =>
  new Refusal('attachment.unsupported', `这个文件不收：${why}`, { remedy: `可以传：${acceptedInWords}` });

async function wholeOf(received: Received): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of received.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function endOf(received: Received): Promise<Buffer> {
  let end = Buffer.alloc(0);
  for await (const piece of received.read()) end = Buffer.concat([end, piece]).subarray(-2048);
  return end;
}
