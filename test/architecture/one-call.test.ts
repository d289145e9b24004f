/** The way of one accepted call is short: the files that docs/architecture.md lists, each imported along that way. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const page = readFileSync(join(packageRoot, 'docs', 'architecture.md'), 'utf8');
const section = page.split(/^## /m).find((one) => one.startsWith('One accepted call')) ?? '';
const way = [...section.matchAll(/^\d+\. `(src\/[\w/.-]+\.ts)`/gm)].map(([, path = '']) => path);
/** Hands the parts to each other through ports. */
const root = 'src/main.ts';

/** What a file imports; of a room's door, also what stands behind it. */
function importedBy(path: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (file: string): void => {
    for (const [, specifier = ''] of readFileSync(join(packageRoot, file), 'utf8').matchAll(
      /\bfrom '(\.[^']+)\.js'/g,
    )) {
      const target = `${normalize(join(dirname(file), specifier)).replaceAll('\\', '/')}.ts`;
      if (found.has(target)) continue;
      found.add(target);
      if (target.endsWith('/index.ts')) look(target);
    }
  };
  look(path);
  return found;
}

describe('一个来电从进门到入表', () => {
  it('至多 20 个文件，都在', () => {
    expect(way.length).to.be.within(10, 20);
    for (const path of way) expect(existsSync(join(packageRoot, path)), path).to.equal(true);
    expect(way[0]).to.match(/^src\/http\//);
    expect(way.at(-1)).to.match(/\/store\//);
  });

  it('后一个由前面的一个引入，或者由 main.ts 经端口交给它', () => {
    for (const [at, path] of way.entries()) {
      if (at === 0) continue;
      const before = [...way.slice(0, at), root];
      expect(
        before.some((one) => importedBy(one).has(path)),
        path,
      ).to.equal(true);
    }
  });
});
