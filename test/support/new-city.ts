/** A city brought up by `package new` from its law's published text (`../shared`) and the answers of `test/packages`. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { newPackage, readActs, readAnswers, readLaw } from '../../src/design/package/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { shared } from './shared.js';

/** Answers by the name of the law's text. */
export const newLaws = {
  hohhot: '呼和浩特市接诉即办工作条例-2022',
  'anshan-2019': '鞍山市群众诉求办理条例-2019',
  'anshan-2025': '鞍山市政务服务便民热线条例-2025',
} as const;

export type NewLaw = keyof typeof newLaws;

/** Files by path, as the command writes them. */
export function filesOfNew(
  context: Mocha.Context,
  law: NewLaw,
  follows?: string,
): ReadonlyMap<string, string> {
  const text = readFileSync(shared(context, `regulation/others/${newLaws[law]}.md`), 'utf8');
  const answers = join(packageRoot, 'test', 'packages', `${law}.json`);
  return newPackage(readLaw(text), readActs(), readAnswers(readFileSync(answers, 'utf8'), answers), follows);
}

/**
 * The package's folder; the caller removes it.
 *
 * @param earlier the folder of the package whose law this one replaces
 */
export function newCity(
  context: Mocha.Context,
  law: NewLaw,
  earlier?: string,
): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), `hotline-${law}-`));
  for (const [path, content] of filesOfNew(context, law, earlier && relative(folder, earlier))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Lines of all files below a folder, diagrams without their layout. */
export const linesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .map((text) => text.replace(/[ \t]*<(bpmndi:BPMNDiagram|dmndi:DMNDI)\b[\s\S]*?<\/\1>\s*\n/g, ''))
    .reduce((sum, text) => sum + text.split('\n').length - 1, 0);
