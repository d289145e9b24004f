/** A file's name as shown and offered for download: one line of plain characters, without folders. */
const longest = 120;

export function fileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  return [...clean].slice(0, longest).join('') || '未命名';
}

/** Gives the name the extension of the content: a picture called `report.exe` is offered as `report.jpg`. */
export function nameWithEnding(name: string, ending: string): string {
  const base = name.replace(/\.[\p{L}\d]{1,8}$/u, '') || '未命名';
  return `${base}.${ending}`;
}
