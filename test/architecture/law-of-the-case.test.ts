/** Texts about a case cite the case's law (docs/decisions/law.md): code that has the case must use it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

/** Cites the law of the day, or assigns it to a name that can then be cited. */
const ofTheDay =
  /\b(?:lawOf|restingOn|provisionFor)\((?:[^()]|\([^()]*\))*\blaws\.today\(\)|= (?:\w+\.)?laws\.today\(\)/;

const hasCase = /\b(?:CaseFile|loadCasesByKey|lockCases|HandlerContext)\b/;

const exempt: { readonly [file: string]: string } = {
  'cases/intake/knowledge-lapse.ts':
    'an entry of the knowledge base; the supervision that it opens begins today',
  'cases/intake/knowledge.ts': 'an entry of the knowledge base',
  'cases/publication/act.ts': 'what is to be published, and who may approve it',
  'cases/publication/check.ts': 'what is to be published of cases that have ended',
  'cases/publication/month-figures.ts': 'the figures of a month: about no one case',
  'cases/replay/simulate.ts': 'what the package lists for a sheet that is made up; it cites nothing',
};

const sources = (): readonly { readonly file: string; readonly text: string }[] =>
  ['cases', 'handlers', 'channel']
    .flatMap((folder) =>
      readdirSync(join(packageRoot, 'src', folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(packageRoot, 'src', file), 'utf8') }));

const citing = (): string[] =>
  sources()
    .filter(({ file, text }) => file.startsWith('handlers/') || hasCase.test(text))
    .filter(({ text }) => ofTheDay.test(text))
    .map(({ file }) => file);

describe('说到一件工单的，依工单的一版条例引用', () => {
  it('手里有工单的源文件，不引用当天的一版；例外写明为什么', () => {
    expect(citing().sort()).to.deep.equal(Object.keys(exempt).sort());
  });
});
