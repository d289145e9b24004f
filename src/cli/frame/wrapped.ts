/** Wraps a text for a table column: cli-table3 wraps only at spaces, which Chinese lacks. */
export function wrapped(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => broken(line, columns))
    .join('\n');
}

const isWide = (letter: string): boolean =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
    letter,
  );

/** Breaks a line without splitting words and numbers. */
function broken(line: string, columns: number): readonly string[] {
  const lines = [''];
  let used = 0;
  for (const word of line.match(/[!-~]+|[^!-~]/gu) ?? []) {
    const width = [...word].reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0);
    if (used > 0 && used + width > columns) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += word;
    used += width;
  }
  return lines;
}
