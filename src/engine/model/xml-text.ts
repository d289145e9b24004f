/** Returns the text of an uploaded XML file after checking that it cannot harm a parser. */
import type { Refusal } from '../../kernel/refusal.js';

/**
 * The five processes have around 60 KiB each with layout; hand-drawn maps of a whole
 * authority stay below 2 MiB.
 */
export const mostXmlMebibytes = 5;
const largest = mostXmlMebibytes * 1024 * 1024;
/** A file of 5 MiB could hold more than can be parsed in reasonable time; this allows ten per flow element. */
export const mostTags = 50_000;

const split = '请把它拆成几个文件。';

/**
 * @param source the XML as text, or its bytes in UTF-8
 * @param refusal builds the refusal for this kind of file from what is wrong and, if unusual, what
 * to do
 * @param most tags of a file of this kind
 */
export function xmlText(
  source: string | Uint8Array,
  refusal: (detail: string, remedy?: string) => Refusal,
  most = mostTags,
): string {
  const size = (typeof source === 'string' ? new TextEncoder().encode(source) : source).byteLength;
  if (size > largest)
    throw refusal(`文件有 ${size} 字节，超过上限 ${largest} 字节（${mostXmlMebibytes} MiB）。`, split);
  const xml = textOf(source);
  if (xml === undefined) throw refusal('文件不是 UTF-8 编码。');
  if (xml.trim() === '') throw refusal('文件是空的。');
  // UTF-16 without a byte order mark looks like UTF-8 with a NUL between any two letters.
  if (xml.includes('\0')) throw refusal('文件不是 UTF-8 编码。');
  if (declaresType(xml)) throw refusal('文件含有 DOCTYPE 或 ENTITY 声明，不予接受。');
  let tags = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) tags += 1;
  if (tags > most) throw refusal(`文件里有 ${tags} 个标签，超过上限 ${most} 个，读不了。`, split);
  return xml;
}

function textOf(source: string | Uint8Array): string | undefined {
  if (typeof source === 'string') return source.startsWith('\uFEFF') ? source.slice(1) : source;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    return undefined;
  }
}

/** A document type can define entities that expand enormously or read files; neither diagrams nor tables need one. */
function declaresType(xml: string): boolean {
  // Takes one pass: a pattern that searches each comment's end would be quadratic for a file of
  // comment starts.
  for (let at = xml.indexOf('<!'); at >= 0; at = xml.indexOf('<!', at)) {
    const [, close] = hiding.find(([open]) => xml.startsWith(open, at)) ?? [];
    if (close !== undefined) {
      const end = xml.indexOf(close, at);
      if (end < 0) return false;
      at = end;
    } else {
      if (/^<!(DOCTYPE|ENTITY)/i.test(xml.slice(at, at + 10))) return true;
      at += 2;
    }
  }
  return false;
}

/** In comments and CDATA sections a declaration is only text. */
const hiding = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;
