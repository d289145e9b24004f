/** Every link resolves, every named file exists, and every page can be reached from the README. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const documents = [
  ...['README.md', 'README.en.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(packageRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

/** At the doors of the rooms. */
const roomPages = readdirSync(join(packageRoot, 'src'), { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => join('src', name, 'README.md'));

const textOf = (document: string): string => readFileSync(join(packageRoot, document), 'utf8');

/** Code blocks are no prose, so fenced blocks are left out. */
const proseOf = (document: string): string => textOf(document).replaceAll(/^```[\s\S]*?^```$/gm, '');

interface Link {
  readonly target: string;
  /** Path relative to the project. */
  readonly file: string;
  readonly anchor: string | undefined;
}

function linksOf(document: string): Link[] {
  return [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : join(dirname(document), decodeURI(path));
    return [{ target, file, anchor }];
  });
}

/** Anchors in GitHub's form: lower case, blanks as hyphens, punctuation removed. */
function anchorsOf(document: string): string[] {
  return [...proseOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('文档', () => {
  for (const document of [...documents, ...roomPages]) {
    it(`${document}：相对链接都通`, () => {
      for (const { target, file, anchor } of linksOf(document)) {
        expect(existsSync(join(packageRoot, file)), target).to.equal(true);
        if (anchor !== undefined) expect(anchorsOf(file), target).to.include(anchor);
      }
    });

    it(`${document}：提到的文件都在`, () => {
      const named = proseOf(document).matchAll(
        /`((?:src|test|docs|processes|regulation|tools|bench|\.ci)\/[\w./-]+)`/g,
      );
      for (const [, path = ''] of named)
        expect(
          [path, join('packages/base', path)].some((one) => existsSync(join(packageRoot, one))),
          path,
        ).to.equal(true);
    });
  }

  it('README 不超过 8 KB', () => {
    expect(Buffer.byteLength(textOf('README.md'))).to.be.at.most(8 * 1024);
  });

  it('手写的页：至多 45 页、300 KB;CHANGELOG 至多 6 KB', () => {
    const byHand = documents.filter((page) => /^docs\/(?!reference\/)/.test(page));
    const bytes = byHand.map((page) => Buffer.byteLength(textOf(page))).reduce((sum, one) => sum + one, 0);
    expect(byHand.length).to.be.at.most(45);
    expect(bytes).to.be.at.most(300 * 1024);
    expect(Buffer.byteLength(textOf('CHANGELOG.md'))).to.be.at.most(6 * 1024);
  });

  it('docs/ 里的每个文件，从 README 顺着链接都能走到', () => {
    const reached = new Set(['README.md']);
    for (const document of reached) {
      for (const { file } of linksOf(document)) {
        const page = relative('', file);
        if (page.endsWith('.md') && existsSync(join(packageRoot, page))) reached.add(page);
      }
    }
    expect([...reached]).to.include.members(documents);
  });
});
