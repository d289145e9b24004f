/** A planted fault as it is written in `bench/mutants.md`: the lines before and after, as in a difference. */
export interface Planted {
  readonly location: { readonly start: Position; readonly end: Position };
  readonly replacement?: string | undefined;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Without numbers of lines and indentation: what is elsewhere in the file moves and re-indents them. */
export function faultOf(source: string, { location: { start, end }, replacement = '' }: Planted): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  const after = first.slice(0, start.column - 1) + replacement + last.slice(end.column - 1);
  return [...marked('-', lines), ...marked('+', after.split('\n'))].join('\n');
}

const marked = (mark: string, lines: readonly string[]): string[] =>
  lines.map((line) => `${mark} ${line.trim()}`);

export const readable = (fault: string): string => `\`\`\`diff\n${fault}\n\`\`\``;

/** By file, under headings of level two: each fault in a `diff` block. */
export function faultsIn(page: string): ReadonlyMap<string, readonly string[]> {
  const sections = page.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => [
      /^`?([\w./-]+)/.exec(section)?.[1] ?? '',
      [...section.matchAll(/^```diff\n([\s\S]*?)\n```$/gm)].flatMap(([, block = '']) => block.split('\n\n')),
    ]),
  );
}
