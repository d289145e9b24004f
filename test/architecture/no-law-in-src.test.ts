/** The law is data: no source names a norm, an article, a level, an element of a shipped diagram or the city (docs/duties.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { shippedLaw } from '../../src/law/regulation/index.js';

const law = shippedLaw('2026-03-02');

const diagrams = join(packageRoot, 'processes');

/** Elements only, because the processes' names are also those of modules. */
const elements = new Set(
  readdirSync(diagrams)
    .filter((file) => file.endsWith('.bpmn'))
    .flatMap((file) => [
      ...packageText(`processes/${file}`, packageRoot).matchAll(/<bpmn:(?!process\b)\w+ id="(\w+)"/g),
    ])
    .map(([, id = '']) => id),
);

/** Levels whose key is not also the name of a colour or of a process. */
const levels = law.levels.filter(({ key, light, process }) => key !== light && key !== process);

const patterns: readonly RegExp[] = [
  new RegExp(`['"\`](?:${levels.map(({ key }) => key).join('|')})['"\`]`, 'g'),
  // Provision and norm ids as in the catalogue.
  /\bart\d+(?:\.[a-z]\d+)*\b/gi,
  /\bJ\d{2}[a-z]?\b/g,
  /第[〇零一二三四五六七八九十百]+条/g,
  /\b(?:Arts?\.?|[Aa]rticles?) \d+/g,
  new RegExp(law.city.join('|'), 'gi'),
];

/**
 * A city's names for its levels, bodies and service, which the program may use only as defaults
 * that the package can override.
 */
const calledByTheCity = /[黄红]牌|市民服务热线|市热线工作机构|市(?:人民)?政府|市监察/g;

const defaults: readonly string[] = [
  'kernel/law.ts',
  'kernel/role-name.ts',
  'law/regulation/model/words.ts',
  // Titles of pages before their law is loaded: the program itself, and the gateway's page.
  'web/index.html',
  'web/caller.html',
  'http/contract/law-of-page.ts',
  'http/page/docs.html',
  'http/gateway/page.ts',
  'cli/program.ts',
  'cli/serve/index.ts',
];

const namesIn = (path: string, text: string): string[] =>
  defaults.includes(path) ? [] : (text.match(calledByTheCity) ?? []);

const lawIn = (text: string): string[] => [
  ...patterns.flatMap((pattern) => text.match(pattern) ?? []),
  ...(text.match(/\b[A-Z]\w*_\w+\b/g) ?? []).filter((word) => elements.has(word)),
];

const found = new Map(
  readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|vue|sql|css|html|json|md|txt)$/.test(path))
    .map((path) => [path, readFileSync(join(packageRoot, 'src', path), 'utf8')] as const)
    .map(([path, text]) => [path, [...lawIn(text), ...namesIn(path, text)]] as const)
    .filter(([, words]) => words.length > 0),
);

describe('程序里没有条例', () => {
  it('认得出要找的东西', () => {
    const element = [...elements].find((id) => id.includes('_')) ?? '';
    const city = law.city[0] ?? '';
    const level = levels[0]?.key ?? '';
    for (const word of ['art24.p1', 'J27', 'J26a', '第二十四条第一款', '(Arts 24, 28)', city, element, level])
      expect(lawIn(`'${word}'`), word).not.to.deep.equal([]);
    for (const word of ['黄牌', '市民服务热线', '市人民政府'])
      expect(namesIn('x.ts', word)).to.deep.equal([word]);
    expect(elements.size).to.be.greaterThan(500);
  });

  it('没有规范号、条文号、级别、流程图的环节、城市的名称，没有一个城市对级别、机构、热线的叫法', () => {
    expect([...found].map(([path, words]) => `src/${path}: ${words.join(' ')}`)).to.deep.equal([]);
  });
});
