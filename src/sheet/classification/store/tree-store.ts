/** Versions of the tree; append-only. Version 0 is the shipped sample. */
import { packageText } from '../../../kernel/package-content.js';
import { cityPackage } from '../../../kernel/package-root.js';
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';
import { createTree, type ClassNode, type ClassTree } from '../tree.js';
import { readTree } from '../tree-file.js';

export interface ClassTrees {
  /** The tree in force; takes one query unless another program has imported a newer one. */
  current(transaction: Transaction): Promise<ClassTree>;
}

export function createClassTrees(): ClassTrees {
  let known = sampleTree();
  return {
    current: async (transaction) => {
      const newest = await transaction.prepared<{ version: number }>(
        'classification-version',
        'SELECT version FROM classification ORDER BY version DESC LIMIT 1',
      );
      const version = newest[0]?.version ?? 0;
      if (version === known.version) return known;
      const row = await transaction
        .repository(treeEntity)
        .findOne({ where: { version }, select: { version: true, title: true, classes: true } });
      known = row?.classes ? createTree(version, row.title, row.classes) : sampleTree();
      return known;
    },
  };
}

/** By package, which may bring its own. */
const samples = new Map<string, ClassTree>();

export function sampleTree(): ClassTree {
  const name = 'classification-sample.csv';
  const root = cityPackage();
  const known = samples.get(root);
  if (known) return known;
  const tree = createTree(
    0,
    '随程序附带的样本，没有经过批准',
    readTree(packageText(`regulation/${name}`, root), name),
  );
  samples.set(root, tree);
  return tree;
}

export interface TreeVersion {
  readonly version: number;
  readonly title: string;
  readonly sha256: string;
  readonly importedAt: Date;
  readonly importedBy: string;
}

export const treeEntity: Entity<TreeVersion & { readonly classes?: readonly ClassNode[] }> = {
  name: 'classification',
  columns: {
    version: column.key.integer,
    ...column.each(column.text, 'title', 'sha256', 'importedBy'),
    importedAt: column.instant,
    classes: { ...column.json, select: false },
  },
};

/** Newest first. */
export const treeVersions = (transaction: Transaction): Promise<TreeVersion[]> =>
  transaction.repository(treeEntity).find({ order: { version: 'DESC' } });

/** Imports take turns until the transaction ends. */
export async function lockTree(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.classification'))");
}

/** Number of sheets per class, regardless of the tree's version. */
export async function sheetsOfClasses(
  transaction: Transaction,
  codes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (codes.length === 0) return new Map();
  const rows = await transaction.query<{ code: string; sheets: number }>(
    `SELECT code, count(*) AS sheets FROM sheet_class c
      WHERE code = ANY($1::text[])
        AND id = (SELECT max(id) FROM sheet_class l WHERE l.work_order = c.work_order)
      GROUP BY code`,
    [[...codes]],
  );
  return new Map(rows.map(({ code, sheets }) => [code, sheets]));
}
