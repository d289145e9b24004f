/** What is said of a case cites the case's law (docs/decisions/0067): whoever has the case at hand says so. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

/** Cites by the law of the day. */
const ofTheDay = /\b(?:lawOf|restingOn|provisionFor)\((?:'[\w-]+'|purpose)\)/;

/** Handlers declare by the law of the day what they may write; they decide by that of the case. */
const declared = /oneOf\((?:[^()]|\([^()]*\))*\)/g;

const hasCase = /\b(?:CaseFile|loadCasesByKey|lockCases|HandlerContext)\b/;

const exempt: { readonly [file: string]: string } = {
  'cases/held/altered.ts': 'what the tables say against the trail: about how the program keeps its records',
  'cases/intake/knowledge-lapse.ts':
    'an entry of the knowledge base; the supervision that it opens begins today',
  'cases/intake/knowledge.ts': 'an entry of the knowledge base',
  'cases/publication/check.ts': 'what is to be published of cases that have ended',
  'cases/read-case.ts': 'there is no such case',
};

const sources = (): readonly { readonly file: string; readonly text: string }[] =>
  ['casework', 'handlers', 'message', 'notification']
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
    .filter(({ text }) => ofTheDay.test(text.replace(declared, '')))
    .map(({ file }) => file);

describe('说到一件工单的,依工单的一版条例引用', () => {
  it('手里有工单的源文件,不引用当天的一版;例外写明为什么', () => {
    expect(citing().sort()).to.deep.equal(Object.keys(exempt).sort());
  });
});
