/**
 * The tree as CSV: one row per class (编码, 名称, 上级编码, 行业), or one row per path (一级 … 五级), where the path is the
 * code. A file with any fault is refused.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../../kernel/index.js';
import { mostLevels, type ClassNode } from './tree.js';

const mostClasses = 20_000;
const longestCell = 100;

/**
 * @param fileName for the refusal's text
 * @throws {Refusal} `classification.invalid` with the line: no such table, duplicate code, missing or circular parent,
 * more than five levels, duplicate name under one parent
 */
export function readTree(text: string, fileName: string): ClassNode[] {
  const rows = cellsOf(text, fileName);
  const [head, ...body] = rows;
  const columns = (head?.cells ?? []).map((cell) => cell.replace(/分类$/, ''));
  const nodes = columns.includes('编码')
    ? nodesByCode(columns, body, fileName)
    : columns[0] === '一级'
      ? nodesByPath(columns, body, fileName)
      : undefined;
  if (!nodes) {
    throw refused(
      fileName,
      1,
      '第一行不是分类表的表头',
      '表头写“编码，名称，上级编码，行业”，或者“一级，二级，三级，四级，五级”',
    );
  }
  if (nodes.length === 0) throw refused(fileName, 2, '没有一个分类');
  if (nodes.length > mostClasses) throw refused(fileName, mostClasses + 2, `分类多于 ${mostClasses} 个`);
  check(nodes, fileName);
  return nodes.map(({ line: _line, ...node }) => node);
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

type Node = ClassNode & { readonly line: number };

function cellsOf(text: string, fileName: string): Row[] {
  try {
    const records = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    return records
      .map(({ record, info }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw refused(fileName, Number(cause.lines) || 1, '不是完好的 CSV：引号没有配对，或写在了格子中间');
  }
}

function nodesByCode(columns: readonly string[], rows: readonly Row[], fileName: string): Node[] {
  const cell = ({ cells }: Row, name: string): string => cells[columns.indexOf(name)] ?? '';
  return rows.map((row) => {
    const [code, name] = [cell(row, '编码'), cell(row, '名称')];
    if (code === '' || name === '') throw refused(fileName, row.line, '编码和名称都要写');
    const [parent, trade] = [cell(row, '上级编码'), cell(row, '行业')];
    return { line: row.line, code, name, parent: parent || null, trade: trade || null };
  });
}

function nodesByPath(columns: readonly string[], rows: readonly Row[], fileName: string): Node[] {
  const levels = columns.indexOf('行业') === -1 ? columns.length : columns.indexOf('行业');
  if (levels > mostLevels) throw refused(fileName, 1, `多于 ${mostLevels} 级`);
  const nodes = new Map<string, Node>();
  for (const { line, cells } of rows) {
    const names = cells.slice(0, levels);
    while (names.at(-1) === '') names.pop();
    if (names.length === 0 || names.includes('')) throw refused(fileName, line, '中间有一级没有写');
    names.forEach((name, index) => {
      const code = names.slice(0, index + 1).join('/');
      const last = index === names.length - 1;
      if (nodes.has(code) && !last) return;
      if (nodes.get(code)?.line === line || (nodes.has(code) && last)) {
        throw refused(fileName, line, `“${code}”写了两次，或者既是末级又有下级`);
      }
      const trade = (last ? cells[levels] : '') || null;
      nodes.set(code, { line, code, name, parent: names.slice(0, index).join('/') || null, trade });
    });
  }
  return [...nodes.values()];
}

function check(nodes: readonly Node[], fileName: string): void {
  const byCode = new Map<string, Node>();
  const siblings = new Set<string>();
  for (const node of nodes) {
    const { line, code, name, parent, trade } = node;
    for (const cell of [name, trade ?? '']) {
      if (cell.length > longestCell) throw refused(fileName, line, `“${cell.slice(0, 20)}……”太长`);
    }
    if (code.length > longestCell * mostLevels) throw refused(fileName, line, '编码太长');
    if (byCode.has(code)) throw refused(fileName, line, `编码“${code}”写了两次`);
    const sibling = JSON.stringify([parent, name]);
    if (siblings.has(sibling)) throw refused(fileName, line, `同一级里有两个“${name}”`);
    byCode.set(code, node);
    siblings.add(sibling);
  }
  for (const { line, code, parent } of nodes) {
    let level = 1;
    for (let above = parent; above !== null; level += 1) {
      const node = byCode.get(above);
      if (!node) throw refused(fileName, line, `没有编码为“${above}”的上级`);
      if (above === code) throw refused(fileName, line, `“${code}”是它自己的上级`);
      if (level >= mostLevels) throw refused(fileName, line, `“${code}”在第 ${mostLevels} 级以下`);
      above = node.parent;
    }
  }
}

function refused(fileName: string, line: number, detail: string, remedy?: string): Refusal {
  return new Refusal('classification.invalid', `${fileName} 第 ${line} 行：${detail}`, {
    where: `${fileName}:${line}`,
    remedy: remedy ?? '改好后整个文件重新提交；分类没有任何变动',
  });
}
