/** SQL text is an import like any other: only a table's owning module names it; others read the owner's views. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));

const tables = new Set(
  filesOf('platform/database/schema', '.sql').flatMap((path) =>
    [...readFileSync(join(source, path), 'utf8').matchAll(/^CREATE TABLE (\w+)/gm)].map(
      ([, name = '']) => name,
    ),
  ),
);

/**
 * Relations that an SQL text reads or writes: each word after FROM, JOIN, INTO, UPDATE, LOCK TABLE
 * and their commas.
 */
function relationsIn(sql: string): string[] {
  const lists = sql.matchAll(
    /\b(?:FROM|JOIN|INTO|UPDATE|TABLE|USING)\s+([^()]*?)(?=\b(?:WHERE|ON|SET|JOIN|LEFT|CROSS|ORDER|GROUP|LIMIT|USING|FROM|UNION|VALUES)\b|[()`'"]|$)/g,
  );
  return [...lists].flatMap(([, list = '']) =>
    list.split(',').map(
      (one) =>
        one
          .trim()
          .replace(/^(?:ONLY|LATERAL)\s+/, '')
          .split(/\s/)[0] ?? '',
    ),
  );
}

/** SQL texts, entity names, and names from which a text is composed. */
function tablesNamedIn(file: string): Set<string> {
  // A relation to another module's entity goes through that entity.
  const text = file.replaceAll(/relation\.\w+\('\w+'/g, '');
  const literals = [...text.matchAll(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g)].map(
    ([all]) => all.slice(1, -1),
  );
  const declared = [
    ...text.matchAll(/: Entity<[^=]*= \{\s*name: '(\w+)'/g),
    ...text.matchAll(/\btable: '(\w+)'/g),
  ];
  // A word with an underscore is always a table's name; one without only if it has an alias.
  const aliased = literals
    .filter((one) => /^\w+ \w$|^[a-z]+_\w+$/.test(one))
    .map((one) => one.split(' ')[0] ?? '');
  const names = [...literals.flatMap(relationsIn), ...declared.map(([, name = '']) => name), ...aliased];
  return new Set(names.filter((name) => tables.has(name)));
}

/** Rooms with several modules. */
const shared: readonly string[] = ['platform', 'law', 'sheet', 'channel', 'measures', 'design'];

function moduleOf(path: string): string {
  const [room = '', inner = ''] = path.split('/');
  const isModule = shared.includes(room) && existsSync(join(source, room, inner, 'index.ts'));
  return isModule ? `${room}/${inner}` : room;
}

const modulesByTable = new Map<string, Map<string, string[]>>();
for (const path of filesOf('.', '.ts')) {
  const module = moduleOf(path);
  if (['web', 'platform/database'].includes(module)) continue;
  for (const table of tablesNamedIn(readFileSync(join(source, path), 'utf8'))) {
    const modules = modulesByTable.get(table) ?? new Map<string, string[]>();
    modulesByTable.set(table, modules.set(module, [...(modules.get(module) ?? []), path]));
  }
}

describe('表归模块', () => {
  it('每张表只在一个模块的 SQL 里出现，别的模块读它发布的视图', () => {
    const shared = [...modulesByTable].filter(([, modules]) => modules.size > 1);
    expect(
      Object.fromEntries(shared.map(([table, modules]) => [table, Object.fromEntries(modules)])),
    ).to.deep.equal({});
  });

  it('扫描认得每张表：没有一张表是哪个模块都不提的', () => {
    expect([...tables].filter((table) => !modulesByTable.has(table))).to.deep.equal(['migration_digest']);
  });

  it('认得写在语句各处的表名', () => {
    const named = (sql: string) => [...tablesNamedIn(`const sql = \`${sql}\`;`)];
    expect(named('SELECT 1 FROM process_case c, task t WHERE true')).to.have.members([
      'process_case',
      'task',
    ]);
    expect(named('DELETE FROM caller USING work_order WHERE true')).to.have.members(['caller', 'work_order']);
    expect(named('SELECT EXISTS (SELECT FROM deadline)')).to.have.members(['deadline']);
    expect(named('INSERT INTO unit (name) SELECT name FROM unit_overview')).to.have.members(['unit']);
  });
});
