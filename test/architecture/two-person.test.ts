/**
 * Whether two people are the same is decided in one place: law/two-person. All other code only
 * looks people up, or shows them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

/** Rooms that determine a person's identity, or are the home itself. */
const homes = /^(?:law\/two-person|identity)\//;

const person =
  /^(?:author|approver|proposer|editor|writer|actor|login|(?:applied|approved|decided|drafted|proposed|ruled|written)By)s?$/;

const exempt: { readonly [file: string]: string } = {
  'cases/assignment/sign-task.ts': 'whether this person has just done the same deed: it is done once',
  'cases/merging/carry-to-member.ts':
    'which answers of the leading sheet this person gave: they are carried on',
  'cases/notes/notes.ts': 'whoever has written a note strikes it',
  'cases/tasks.ts': 'who has done a task of the case may not do another: a rule of its diagram (duty:notBy)',
  'design/compliance/data/deciders.ts': 'elements that write a variable: no people',
  'http/routes/assignment.ts': 'a colleague is looked up among those that may be assigned',
  'http/routes/people.ts': 'an account is looked up in the register',
  'http/routes/personal-data.ts': 'an account is looked up in the register',
  'http/views/note-view.ts': 'a struck note is read by who has written it',
  'web/screens/case/notes-part.vue': 'one’s own notes, which one may strike',
  'web/screens/case/own-text.ts': 'one’s own texts are offered again',
  'web/screens/people/people-screen.vue': 'the account that is open',
  'web/screens/people/persons-table.vue': 'the account that is open',
  'web/session/kept.ts': 'whose half-written work this tab keeps',
};

const nameOf = (node: ts.Node): string =>
  ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';

/** Treats `actor.value` in a component as `actor`. */
const named = (node: ts.Node): string =>
  ts.isPropertyAccessExpression(node) && node.name.text === 'value' ? nameOf(node.expression) : nameOf(node);

const equality: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const isConstant = (node: ts.Node): boolean =>
  ts.isStringLiteral(node) || node.kind === ts.SyntaxKind.NullKeyword || nameOf(node) === 'undefined';

/** Comparisons of people in a TypeScript text. */
function comparedIn(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const sides = ts.isBinaryExpression(node)
      ? equality.has(node.operatorToken.kind)
        ? [node.left, node.right]
        : []
      : ts.isCallExpression(node) && /^(?:includes|has|indexOf)$/.test(nameOf(node.expression))
        ? [...node.arguments, ...('expression' in node.expression ? [node.expression.expression] : [])]
        : [];
    if (
      sides.some((side) => person.test(named(side as ts.Node))) &&
      !sides.some((side) => isConstant(side as ts.Node))
    )
      found.push(node.getText());
    node.forEachChild(visit);
  };
  const file = ts.createSourceFile('one.ts', text, ts.ScriptTarget.Latest, true);
  file.forEachChild(visit);
  return found;
}

/** For a component: the script, and every expression in the template. */
const codeOf = (path: string, text: string): readonly string[] =>
  path.endsWith('.vue')
    ? [
        /<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '',
        ...[...text.matchAll(/(?:\s[:@]|\sv-)[\w.:-]+="([^"]*)"|\{\{([\s\S]*?)\}\}/g)].map(
          ([, bound, shown]) => `(${bound ?? shown ?? ''})`,
        ),
      ]
    : [text];

/** Whether parsing is worthwhile: the text names people, and compares something. */
const mayCompare = (text: string): boolean =>
  /(?:author|approver|proposer|editor|writer|actor|login|[a-z]By)s?\b/.test(text) &&
  /[!=]==|\.(?:includes|has|indexOf)\(/.test(text);

const comparing = (): string[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:ts|vue)$/.test(path) && !homes.test(path))
    .filter((path) => {
      const text = readFileSync(join(source, path), 'utf8');
      return mayCompare(text) && codeOf(path, text).some((code) => comparedIn(code).length > 0);
    });

describe('是不是同一个人，只有一处问', () => {
  it('比较起草、批准、办理的人的，只有 law/two-person；例外写明为什么', () => {
    expect(comparing().sort()).to.deep.equal(Object.keys(exempt).sort());
  });

  it('认得出第九种写法', () => {
    for (const text of [
      'if (proposal.author === by.actor) refuse();',
      'const own = authors.some((one) => one.login === by.login);',
      'if (writers.includes(viewer.actor)) refuse();',
      'const own = one.appliedBy !== official.actor;',
      '(one.author === actor)',
    ])
      expect(comparedIn(text), text).to.have.length(1);
    expect(comparedIn("if (actor === undefined || login === '') return;")).to.deep.equal([]);
  });
});
