/** Plain text, kept as UTF-8. */

/** What speaks against it, in Chinese, or the text as UTF-8. */
export function readText(bytes: Buffer): Buffer | string {
  const text = decoded(bytes);
  if (text === undefined || /(?![\t\n\f\r])\p{Cc}|[\ufffe\uffff]/u.test(text)) return '不是认得的格式';
  // Markup that browsers would run is never kept, under whatever name.
  if (/^\s*<(?:[!?a-z])/i.test(text) || /<(?:script|svg|iframe|html|body|object|embed)[\s/>]/i.test(text))
    return '是网页或者 SVG,里面可能有脚本';
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
