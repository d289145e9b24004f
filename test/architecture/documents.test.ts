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
    it(`${document}:相对链接都通`, () => {
      for (const { target, file, anchor } of linksOf(document)) {
        expect(existsSync(join(packageRoot, file)), target).to.equal(true);
        if (anchor !== undefined) expect(anchorsOf(file), target).to.include(anchor);
      }
    });

    it(`${document}:提到的文件都在`, () => {
      const named = proseOf(document).matchAll(
        /`((?:src|test|docs|processes|regulation|tools|bench|\.ci)\/[\w./-]+)`/g,
      );
      for (const [, path = ''] of named) expect(existsSync(join(packageRoot, path)), path).to.equal(true);
    });
  }

  it('docs/decisions:编号连续,目录齐全', () => {
    const pages = readdirSync(join(packageRoot, 'docs', 'decisions')).filter((name) => /^\d{4}-/.test(name));
    const index = textOf('docs/decisions/README.md');
    pages.sort().forEach((name, at) => {
      const number = String(at + 1).padStart(4, '0');
      expect(name.slice(0, 4)).to.equal(number);
      expect(textOf(`docs/decisions/${name}`)).to.match(new RegExp(`^# ${number} `));
      expect(index).to.include(`[${number}](${name})`);
    });
  });

  it('README 不超过 8 KB', () => {
    expect(Buffer.byteLength(textOf('README.md'))).to.be.at.most(8 * 1024);
  });

  it('docs/configuration.md 写明程序读的每个环境变量,没有多余的', () => {
    const named = (text: string): Set<string> => new Set(text.match(/HOTLINE_[A-Z0-9_]*[A-Z0-9]/g));
    const sources = ['src', 'test'].flatMap((folder) =>
      readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => textOf(join(folder, path))),
    );
    expect([...named(textOf('docs/configuration.md'))]).to.have.members([...named(sources.join('\n'))]);
  });

  it('docs/ 里的每个文件,从 README 顺着链接都能走到', () => {
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
