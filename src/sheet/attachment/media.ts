/** Accepted file types, recognised by content, never by name or header. Everything else is refused. */
export type MediaKind = 'picture' | 'document' | 'sound' | 'film';

export interface Media {
  readonly kind: MediaKind;
  readonly type: string;
  /** Extension of the file's name for downloads. */
  readonly ending: string;
}

const media = (kind: MediaKind, type: string, ending: string): Media => ({ kind, type, ending });

export const jpeg = media('picture', 'image/jpeg', 'jpg');
export const png = media('picture', 'image/png', 'png');
const webp = media('picture', 'image/webp', 'webp');
const gif = media('picture', 'image/gif', 'gif');
export const pdf = media('document', 'application/pdf', 'pdf');
export const docx = media(
  'document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'docx',
);
export const xlsx = media(
  'document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'xlsx',
);
export const plain = media('document', 'text/plain', 'txt');
const mp3 = media('sound', 'audio/mpeg', 'mp3');
const m4a = media('sound', 'audio/mp4', 'm4a');
const wav = media('sound', 'audio/wav', 'wav');
const ogg = media('sound', 'audio/ogg', 'ogg');
const amr = media('sound', 'audio/amr', 'amr');
const mp4 = media('film', 'video/mp4', 'mp4');
const mov = media('film', 'video/quicktime', 'mov');

/** Bytes from the start that `sniff` needs. */
export const headLength = 4096;

/**
 * The type by the first bytes. `package`: a ZIP, whose content decides; `text`: perhaps plain text,
 * the whole file decides; `heic`: recognised, but not accepted.
 */
export function sniff(head: Buffer): Media | 'package' | 'text' | 'heic' | undefined {
  const starts = (text: string, at = 0): boolean =>
    head.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));
  if (starts('\xff\xd8\xff')) return jpeg;
  if (starts('\x89PNG\r\n\x1a\n')) return png;
  if (starts('GIF87a') || starts('GIF89a')) return gif;
  if (starts('RIFF') && starts('WEBP', 8)) return webp;
  if (starts('RIFF') && starts('WAVE', 8)) return wav;
  if (starts('%PDF-')) return pdf;
  if (starts('PK\x03\x04')) return 'package';
  if (starts('OggS')) return ogg;
  if (starts('#!AMR')) return amr;
  if (starts('ID3') || isMpegAudio(head)) return mp3;
  if (starts('ftyp', 4)) return brandOf(head);
  return head.includes(0) ? undefined : 'text';
}

/** An MPEG audio frame of layer III, with a bit rate and a sample rate. */
function isMpegAudio([first = 0, second = 0, third = 0]: Buffer): boolean {
  return (
    first === 0xff && (second & 0xe6) === 0xe2 && third >> 4 !== 0 && third >> 4 !== 15 && (third & 12) !== 12
  );
}

function brandOf(head: Buffer): Media | 'heic' | undefined {
  const brand = head.toString('latin1', 8, 12);
  if (/^M4A|^M4B/.test(brand)) return m4a;
  if (/^(hei|hev|mif1|msf1|avif)/.test(brand)) return 'heic';
  if (brand === 'qt  ') return mov;
  return /^(isom|iso[2-9]|mp4[12]|M4V |avc1|dash)/.test(brand) ? mp4 : undefined;
}
