/** Parts of the report's pages; they contain no script and load nothing from outside. */
import { xmlText } from '../../kernel/xml-text.js';

export type Cell = string | number | { readonly html: string };

export const text = (said: string | number): string => xmlText(String(said));

export const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body><main>
<h1>${text(title)}</h1>
${body}
</main></body>
</html>
`;

export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '<p>没有。</p>';
  const head = headings.map((heading) => `<th scope="col">${text(heading)}</th>`).join('');
  const lines = rows.map((cells) => `<tr>${cells.map(cellOf).join('')}</tr>`);
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table></div>`;
}

const cellOf = (cell: Cell): string =>
  typeof cell === 'number'
    ? `<td class="number">${cell}</td>`
    : `<td>${typeof cell === 'string' ? text(cell) : cell.html}</td>`;

const style = `
body { font: 16px/1.6 "Noto Sans SC", "Microsoft YaHei", sans-serif; margin: 0; color: #1f2329; background: #fff; }
main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .3rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { border: 1px solid #c9cdd4; padding: .25rem .6rem; text-align: left; vertical-align: top; }
th { background: #f2f3f5; white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.marked td { background: #fff3e8; }
a { color: #0b5cad; } section.case { border-top: 2px solid #c9cdd4; margin-top: 1.5rem; }
dt { font-weight: 600; } dd { margin: 0 0 .4rem 0; }
@media print { a { color: inherit; } }
`;
