/** XML 1.0 has no control characters: they are replaced by U+FFFD. */
export const xmlText = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are meant
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"\n\r\t]/g, (sign) => entities[sign] ?? `&#${sign.charCodeAt(0)};`);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
