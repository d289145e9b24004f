/** The rooms of `src/`: who imports whom, and that each room's README agrees. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, posix } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

/** From the lowest room up; each with the rooms that it may import. */
const rooms = JSON.parse(readFileSync(join(source, 'rooms.json'), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;
const names = Object.keys(rooms);

const roomOf = (path: string): string => path.split('/')[0] ?? '';

const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) => normalize(path));
/** Files of the package, which are named without their folder. */
const files = new Set(
  ['regulation', 'packages/base/regulation'].flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      basename(path),
    ),
  ),
);
const scripts = paths.filter((path) => /\.(ts|vue)$/.test(path));

/** Imports of a file from `src/`, including types and dynamic imports. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(source, path), 'utf8');
  const script = path.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, inner = '']) => inner).join('\n')
    : text;
  return ts.preProcessFile(script, true, true).importedFiles.flatMap(({ fileName }) => {
    if (fileName.startsWith('#src/')) return fileName.slice('#src/'.length);
    return fileName.startsWith('.') ? posix.join(dirname(path), fileName) : [];
  });
}

const arrows = new Map(
  names.map((name) => [
    name,
    new Set(
      scripts
        .filter((path) => roomOf(path) === name)
        .flatMap(importsOf)
        .map(roomOf)
        .filter((other) => other !== name && names.includes(other)),
    ),
  ]),
);

describe('src/ 的各室', () => {
  it('每个文件夹是一室，室外只有 main.ts', () => {
    const found = readdirSync(source, { withFileTypes: true });
    expect(found.filter((one) => one.isDirectory()).map(({ name }) => name)).to.have.members(names);
    expect(found.filter((one) => one.isFile()).map(({ name }) => name)).to.have.members([
      'main.ts',
      'rooms.json',
    ]);
  });

  it('没有一支箭头向上：一室只引用排在它前面的', () => {
    names.forEach((name, at) => {
      expect(names.slice(0, at), name).to.include.members([...(rooms[name] ?? [])]);
    });
  });

  it('准许的正是用到的，不多一支', () => {
    const used = names.map((name) => [name, names.filter((other) => arrows.get(name)?.has(other))]);
    expect(Object.fromEntries(used)).to.deep.equal(rooms);
  });

  it('箭头不比写下的多：加一支以前，先看能不能少一支', () => {
    expect(Object.values(rooms).flat()).to.have.length.at.most(96);
  });

  for (const name of names) {
    describe(`src/${name}/README.md`, () => {
      const text = readFileSync(join(source, name, 'README.md'), 'utf8');
      const part = (title: string): string =>
        new RegExp(`\\*\\*${title}\\.\\*\\* ([^\\n]*)`).exec(text)?.[1] ?? '';

      it('至多四十行，写明门、可以引用谁、看哪个测试、怎样添', () => {
        expect(text.trim().split('\n')).to.have.length.at.most(40);
        for (const title of ['Door', 'May import', 'At work']) expect(part(title), title).not.to.equal('');
        expect(text).to.include('\n## To add\n');
      });

      it('可以引用的是 rooms.json 里的', () => {
        if (name === 'web' || name === 'cli') return;
        const said =
          part('May import')
            .replace(/;.*/, '')
            .match(/[a-z]+/g) ?? [];
        expect(said.filter((word) => names.includes(word))).to.have.members([...(rooms[name] ?? [])]);
      });

      it('提到的文件都在', () => {
        for (const [, path = ''] of text.matchAll(/`([\w./-]*[./][\w./-]*)`/g)) {
          const inside = paths.some((one) => `/${one}/`.includes(`/${path.replace(/\/$/, '')}/`));
          const found = inside || existsSync(join(packageRoot, path)) || files.has(path);
          expect(found, path).to.equal(true);
        }
      });
    });
  }
});
