/** Classification of a sheet; the processes see it as variable `classPath`. */
import { write } from '../../accountability/index.js';
import { sheetClassProjector, type ClassTree, type PlacedClass } from '../../sheet/classification/index.js';
import type { CaseFile } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import type { Using } from '../parts.js';

export type ClassifyDeps = Using<'classTrees' | 'clock' | 'database' | 'executor' | 'laws' | 'trail'>;

/** @throws {Refusal} `classification.unknown` unless a leaf of the tree in force */
function knownClass(tree: ClassTree, code: string): PlacedClass {
  const placed = tree.find(code);
  if (placed?.leaf) return placed;
  const name = code.slice(0, 60);
  throw new Refusal(
    'classification.unknown',
    placed ? `“${placed.name}”（${name}）下面还有分类，工单须归入末级` : `现行分类里没有编码“${name}”`,
    { where: 'class', remedy: '从现行分类里选一个末级；分类见 GET /api/classification' },
  );
}

/** As case variables. */
export const classVariables = ({ path }: Pick<PlacedClass, 'path'>): JsonObject => ({
  classPath: path.map(({ code }) => code),
});

/**
 * Classifies or reclassifies a sheet, with a trail entry naming class and tree version.
 *
 * @throws {Refusal} `classification.unknown`, `case.not-found`
 */
export async function classifySheet(
  deps: ClassifyDeps,
  no: string,
  code: string,
  actor: string | undefined,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const file = await caseOf(deps, transaction, no);
    const known = await findClass(deps, transaction, code);
    await recordClass(deps, transaction, file, known, { at: deps.clock.now(), by: actor });
  });
}

export interface KnownClass {
  readonly placed: PlacedClass;
  /** Version of the tree. */
  readonly version: number;
}

/** @throws {Refusal} `classification.unknown` */
export async function findClass(
  deps: Pick<ClassifyDeps, 'classTrees'>,
  transaction: Transaction,
  code: string,
): Promise<KnownClass> {
  const tree = await deps.classTrees.current(transaction);
  return { placed: knownClass(tree, code), version: tree.version };
}

/** Writes the class of a sheet: the entry, the case's variables and the classification row. */
export async function recordClass(
  deps: Pick<ClassifyDeps, 'clock' | 'executor'>,
  transaction: Transaction,
  file: Pick<CaseFile, 'id' | 'businessKey'>,
  { placed, version }: KnownClass,
  { at, by }: { readonly at: Date; readonly by: string | undefined },
): Promise<void> {
  const { entries = [] } = await amendCase(deps, transaction, file, {
    at,
    type: 'sheet.classified',
    body: { classification: version, class: placed.code },
    variables: classVariables(placed),
    ...(by === undefined ? {} : { actor: by }),
  });
  const path = placed.path.map((one) => one.code);
  await write(transaction, sheetClassProjector, entries, { path, trade: placed.trade });
}
