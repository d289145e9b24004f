/** The course of a matter is folded in one place; all others ask it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');
const home = 'accountability/course/';

const texts = new Map(
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path.endsWith('.vue'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(source, path), 'utf8')] as const),
);

const outside = (...used: readonly RegExp[]): readonly string[] =>
  [...texts]
    .filter(([path, text]) => !path.startsWith(home) && used.some((one) => one.test(text)))
    .map(([path]) => path)
    .sort();

/** Fields of an entry that determine which limits run, and their accessors. */
const ofLimits = [
  /\b(?:armedIn|withdrawnIn|stepBody)\(/,
  /\bflatMap\((?:armedIn|withdrawnIn)\)/,
  /\bbody\??\.(?:armed|withdrawn|clocks|clock)\b/,
  /\{[^{}]*\b(?:armed|withdrawn|clocks|clock)\b[^{}]*\} = [\w.]*\b(?:body|stepBody\(\w+\))\b/,
  /\bbody\??\.?\[?['"](?:armed|withdrawn|clocks|clock)['"]/,
];

describe('事项的经过只有一处折叠', () => {
  it('谁持有、收回、第几轮、误记的期限，只有 accountability/course 照行为推算', () => {
    const effects = [
      /['"](?:takes-back|begins-round|corrects-limits)['"]/,
      /\b(?:named|holders)\b.*\bmatches\(/,
    ];
    // The schema of the vocabulary.
    expect(outside(...effects)).to.deep.equal(['law/regulation/model/deeds.ts']);
  });

  it('哪些期限在走、停着、过了，只有 accountability/course 照条目推算；别处只说一条条目写了什么', () => {
    expect(outside(...ofLimits)).to.deep.equal([
      'accountability/events/case-entries.ts',
      // Describes one entry in words.
      'cases/intervention/in-words.ts',
      // Reasons of one entry's limits, looked up together.
      'cases/read-case.ts',
      'cases/trail/row.ts',
      'cases/trail/words/note.ts',
      'http/views/trail-view.ts',
      // Rewrites the entry for another law.
      'law/regulation/amendment/relive.ts',
      // Say of each entry what it gave or took, for people who ask why.
      'law/regulation/reason-words.ts',
      'law/regulation/reasons.ts',
    ]);
  });

  it('最后指派给哪个单位，只有 accountability/course 照条目推算；办理任务读自己的变量', () => {
    const others = outside(/['"]assignments['"]/).filter((path) => !path.startsWith('handlers/'));
    // SQL over case variables, not over entries.
    expect(others).to.deep.equal(['http/store/accountability-store.ts', 'http/store/board-store.ts']);
  });
});
