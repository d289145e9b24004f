/**
 * Pictures are decoded and encoded anew, which removes anything hidden in or behind them (place,
 * device, scripts, a second file). A file that cannot be decoded is no picture.
 */
import { Refusal } from '../../kernel/index.js';
import { jpeg, png, type Media } from './media.js';

/** Pixels of the longer side. A page of A4 stays readable; telephones make twice as many pixels. */
const longest = 2560;
const longestOfThumbnail = 320;
/** More than any telephone makes; decoding takes at most half a gigabyte. */
const mostPixels = 120_000_000;

export interface Picture {
  readonly media: Media;
  readonly content: Buffer;
  /** WebP format. */
  readonly thumbnail: Buffer;
}

/** @throws {Refusal} `attachment.damaged` */
export async function rewritePicture(bytes: Buffer): Promise<Picture> {
  const sharp = await library();
  try {
    const source = sharp(bytes, {
      limitInputPixels: mostPixels,
      failOn: 'error',
      sequentialRead: true,
      pages: 1,
    });
    const { format, hasAlpha } = await source.metadata();
    // The library drops metadata unless asked to keep it.
    const upright = source
      .autoOrient()
      .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true });
    const drawn = format === 'png' || format === 'gif' || hasAlpha;
    const content = await (drawn ? upright.png() : upright.jpeg({ quality: 85 })).toBuffer();
    const thumbnail = await sharp(content)
      .resize({
        width: longestOfThumbnail,
        height: longestOfThumbnail,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .webp({ quality: 60 })
      .toBuffer();
    return { media: drawn ? png : jpeg, content, thumbnail };
  } catch (error) {
    if (/pixel limit/i.test(String(error))) throw tooManyPixels();
    throw new Refusal('attachment.damaged', '图片不完整，或者已经损坏', {
      remedy: '在手机或电脑上打开看看；能打开的，另存一次再传',
      cause: error,
    });
  }
}

const tooManyPixels = (): Refusal =>
  new Refusal('attachment.damaged', `图片多于 ${mostPixels / 1_000_000} 百万点，不打开`, {
    remedy: '缩小以后再传',
  });

let loaded: Promise<(typeof import('sharp'))['default']> | undefined;

/** Loaded with the first picture. Only the decoders of accepted types may run, whatever a file claims to be. */
function library(): Promise<(typeof import('sharp'))['default']> {
  return (loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: [
        'VipsForeignLoadJpegBuffer',
        'VipsForeignLoadPngBuffer',
        'VipsForeignLoadWebpBuffer',
        'VipsForeignLoadNsgifBuffer',
      ],
    });
    return sharp;
  }));
}
