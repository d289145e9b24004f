/** Plain text, kept as UTF-8. */

/** The text as UTF-8, or in Chinese why it is refused. */
export function readText(bytes: Buffer): Buffer | string {
  const text = decoded(bytes);
  if (text === undefined || /(?![\t\n\f\r])\p{Cc}|[\ufffe\uffff]/u.test(text)) return '不是认得的格式';
  // Markup that browsers would run is never stored, whatever the file's name.
  if (/^\s*<(?:[!?a-z])/i.test(text) || /<(?:script|svg|iframe|html|body|object|embed)[\s/>]/i.test(text))
    return '是网页或者 SVG，里面可能有脚本';
  return Buffer.from(text, 'utf8');
}

function decoded(bytes: Buffer): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return undefined;
}
