/**
 * Reads a regulation's package from disk, ready to run: diagrams, decision tables, catalogue and
 * policies of one folder.
 */
import { defaultCalendar } from '../../calendar/index.js';
import { readAccessRules } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { packageFiles, packageText } from '../../kernel/package-content.js';
import { cityPackage, usePackage } from '../../kernel/package-root.js';
import { reasonOf } from '../../kernel/reason-of.js';
import { policiesOf, shippedPolicies } from '../../law/policy/index.js';
import { shippedCatalogue, shippedLaw, type Catalogue } from '../../law/regulation/index.js';
import { stageOf, type Stage } from '../../design/rehearsal/index.js';
import { readBytes } from './read-bytes.js';

export interface LawOfFolder {
  readonly law: Law;
  readonly stage: Stage;
  readonly catalogue: Catalogue;
}

/**
 * @param folder default: the shipped package
 * @param day `YYYY-MM-DD`: uses the version of the regulation in force then
 * @throws {Refusal} `file.unreadable`, `input.invalid`
 */
export async function lawOf(folder: string | undefined, day: string): Promise<LawOfFolder> {
  usePackage(folder);
  const root = cityPackage();
  const catalogue = catalogueIn(root, day);
  const law = lawIn(root, day);
  const sources = refusing(root, () =>
    ['.bpmn', '.dmn'].flatMap((extension) =>
      packageFiles('processes', extension).map((name) => packageText(`processes/${name}`)),
    ),
  );
  const policies = policiesOf(
    refusing(root, () => shippedPolicies(root)),
    [],
  );
  const rules = refusing(root, () => readAccessRules(root));
  const stage = await stageOf(sources, { calendar: defaultCalendar(), law, policies, rules });
  return { stage, catalogue, law };
}

/** @throws {Refusal} `file.unreadable` */
export const lawIn = (root: string, day: string): Law => refusing(root, () => shippedLaw(day, root));

/** @throws {Refusal} `file.unreadable`, `input.invalid` */
export const catalogueIn = (root: string, day: string): Catalogue =>
  refusing(root, () => shippedCatalogue(day, root));

/** @throws {Refusal} `file.unreadable`, `input.invalid` */
export async function jsonIn(file: string): Promise<unknown> {
  const text = (await readBytes(file)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const position = /position (\d+)/.exec(String(cause))?.[1];
    const near = position === undefined ? '' : `（第 ${Number(position) + 1} 个字符附近）`;
    throw new Refusal('input.invalid', `${file} 不是合格的 JSON${near}`, {
      where: file,
      remedy: '请检查引号、逗号和括号',
      cause,
    });
  }
}

function refusing<Made>(root: string, make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw unreadable(root, cause);
  }
}

const unreadable = (path: string, cause: unknown): Refusal =>
  new Refusal('file.unreadable', `条例包读不出来：${reasonOf(cause)}`, {
    where: (cause as NodeJS.ErrnoException).path ?? path,
    remedy:
      '包里要有 regulation/catalogue/、policies.json、bodies.json、sheet.json、units.json 和 processes/',
    cause,
  });
