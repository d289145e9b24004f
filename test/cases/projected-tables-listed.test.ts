/** Every table of the schema is held against the trail, or docs/reference/trail-tables.md says why it is not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { useSystem } from '../support/system.js';

const text = (...path: string[]): string => readFileSync(join(packageRoot, ...path), 'utf8');

const named = (lines: string): string[] => [...lines.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);

describe('docs/reference/trail-tables.md 说得出每一张表核验了没有', () => {
  const system = useSystem({ shipped: false });
  const tables = [
    ...text('src', 'platform', 'database', 'schema', 'dump.txt').matchAll(/^table (\w+)/gm),
  ].map(([, name = '']) => name);
  const section = (title: string): string =>
    text('docs', 'reference', 'trail-tables.md').split(`## ${title}`)[1]?.split('\n## ')[0] ?? '';

  it('每张表或者对照，或者写明为什么没有；没有一张两处都有，没有一张是结构里没有的', () => {
    const held = new Set([...system().projections.flatMap((one) => one.tables), 'trail_search']);
    const rows = section('没有对照的表，改了看不出来的')
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const listed = named(rows.map((line) => line.split('|')[1]).join());
    expect(tables.length).to.be.greaterThan(100);
    expect(tables.filter((table) => !held.has(table) && !listed.includes(table))).to.deep.equal([]);
    expect(listed.filter((table) => held.has(table) || !tables.includes(table))).to.deep.equal([]);
    expect(listed.length).to.equal(new Set(listed).size);
  });

  it('对照的每张表都写着据什么', () => {
    const said = named(section('表里的行与轨迹对照'));
    const held = system().projections.flatMap((one) => one.tables);
    expect(held.filter((table) => !said.includes(table))).to.deep.equal([]);
  });
});
