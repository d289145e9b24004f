/**
 * Recognises a .docx or .xlsx by the directory of its ZIP. Nothing is unpacked: the directory is
 * enough to refuse bombs, macros and everything that is no office document.
 */
import { docx, xlsx, type Media } from './media.js';

const endOfDirectory = 0x06054b50;
const entryOfDirectory = 0x02014b50;
const most = { entries: 4096, unpacked: 512 * 1024 * 1024, ratio: 200 };

/** The type, or in Chinese why it is refused. */
export function readOffice(file: Buffer): Media | string {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== endOfDirectory) return '压缩包不完整';
  const count = file.readUInt16LE(end + 10);
  if (count > most.entries) return '里面的文件太多';
  const names = new Set<string>();
  let unpacked = 0;
  let at = file.readUInt32LE(end + 16);
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > end || file.readUInt32LE(at) !== entryOfDirectory) return '压缩包的目录不完整';
    const [packed, size] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)];
    const nameLength = file.readUInt16LE(at + 28);
    if ((file.readUInt16LE(at + 8) & 1) !== 0) return '加了密，打不开';
    unpacked += size;
    if (unpacked > most.unpacked || (size > 1024 * 1024 && size > packed * most.ratio))
      return '解开以后大得不合常理（压缩炸弹）';
    names.add(file.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  if (
    [...names].some(
      (name) => /vbaProject|vbaData|macrosheets|activeX|\.bin$/i.test(name) && !isHarmless(name),
    )
  )
    return '含有宏或者控件';
  if (!names.has('[Content_Types].xml')) return '压缩包不收';
  if (names.has('word/document.xml')) return docx;
  return names.has('xl/workbook.xml') ? xlsx : '不是 Word、Excel 文件';
}

/** Printer settings, which spreadsheets contain. */
const isHarmless = (name: string): boolean => /^xl\/printerSettings\/[^/]+\.bin$/.test(name);
