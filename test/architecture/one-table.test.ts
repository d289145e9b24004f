/** The console has one table and one page head, and the contract defines what a list shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { listsOf } from '../../src/http/contract/lists.js';
import { operations } from '../../src/http/contract/operations.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const web = join(packageRoot, 'src', 'web');

const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.vue'))
  .map((path) => ({ path, text: readFileSync(join(web, path), 'utf8') }));

const holding = (used: RegExp): readonly string[] =>
  files.filter(({ text }) => used.test(text)).map(({ path }) => path);

/** These are not lists: a matrix, a month, a printed sheet. */
const otherTables = [
  'components/matrix-table.vue',
  'screens/calendar/month-grid.vue',
  'screens/case/supervision-paper.vue',
];

/** Pages without the console's frame, and the intake screen. */
const otherHeads = [
  'screens/intake/intake-screen.vue',
  'screens/publications/publication-text.vue',
  'screens/publications/publications-screen.vue',
  'screens/query/answers-part.vue',
  'screens/query/check-part.vue',
  'screens/query/file-part.vue',
  'screens/query/query-part.vue',
  'screens/sign-in/sign-in-screen.vue',
  'screens/unknown-screen.vue',
];

describe('一张列表只有一处', () => {
  it('表格只由 resource/data-table.vue 画', () => {
    expect(holding(/<table\b/).toSorted()).to.deep.equal(
      ['resource/data-table.vue', ...otherTables].toSorted(),
    );
  });

  it('页头只由 resource/page-head.vue 画', () => {
    expect(holding(/<h1\b/).toSorted()).to.deep.equal(['resource/page-head.vue', ...otherHeads].toSorted());
  });

  it('各处所列的，合同里都有它的栏；合同写了栏的，标题都不空', () => {
    const { columns } = listsOf(operations);
    const named = files.flatMap(({ path, text }) =>
      [...text.matchAll(/\bof="(\w+\.[\w.]+)"/g), ...text.matchAll(/useResource\('(\w+)'/g)].map(
        ([, rows = '']) => ({
          path,
          rows: rows.includes('.') ? rows : `${rows}.items`,
        }),
      ),
    );
    expect(named.length).to.be.greaterThan(40);
    expect(named.filter(({ rows }) => columns[rows] === undefined)).to.deep.equal([]);
    expect(Object.values(columns).flatMap((all) => all.filter(({ title }) => title === ''))).to.deep.equal(
      [],
    );
  });
});
