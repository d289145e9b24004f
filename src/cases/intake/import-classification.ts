/** Imports the next version of the tree, with preview and an entry of the trail `classification`. */
import { createHash } from 'node:crypto';
import { write } from '../../accountability/index.js';
import {
  createTree,
  lockTree,
  readTree,
  sheetsOfClasses,
  treeChanges,
  treeProjector,
  treeVersions,
  type ClassTree,
  type TreeChanges,
} from '../../sheet/classification/index.js';
import type { DecisionTable } from '../../engine/index.js';
import { contentDigest, Refusal } from '../../kernel/index.js';
import { proposingTable } from './proposal.js';
import type { Using } from '../parts.js';

export interface TreeImport extends TreeChanges {
  readonly version: number;
  readonly applied: boolean;
  readonly leaves: number;
  /** Number of sheets with removed classes; they keep the class. */
  readonly sheetsOfRemoved: number;
  /** Rows of the dispatch table that name removed classes and so never match. */
  readonly lostRules: readonly number[];
}

/**
 * @param request.text the file's content @param request.name for the refusal's text
 * @throws {Refusal} `classification.invalid` for a faulty file, or without changes
 */
export async function importClassification(
  deps: Using<'classTrees' | 'clock' | 'database' | 'definitions' | 'trail'>,
  request: {
    readonly text: string;
    readonly name: string;
    readonly title: string;
    readonly actor: string;
    readonly apply: boolean;
  },
): Promise<TreeImport> {
  const nodes = readTree(request.text, request.name);
  const sha256 = createHash('sha256').update(request.text, 'utf8').digest('hex');
  return deps.database.transaction(async (transaction) => {
    if (request.apply) await lockTree(transaction);
    const before = await deps.classTrees.current(transaction);
    const [newest] = await treeVersions(transaction);
    const after = createTree((newest?.version ?? 0) + 1, request.title, nodes);
    const changes = treeChanges(before, after);
    const counts = {
      added: changes.added.length,
      removed: changes.removed.length,
      changed: changes.changed.length,
    };
    if (newest && Object.values(counts).every((count) => count === 0)) {
      throw new Refusal('classification.invalid', `${request.name} 与现行第 ${newest.version} 版相同`, {
        remedy: '没有要导入的',
      });
    }
    const sheets = await sheetsOfClasses(
      transaction,
      changes.removed.map(({ code }) => code),
    );
    const table = await proposingTable(deps, transaction, deps.clock.now());
    if (request.apply) {
      const at = deps.clock.now();
      const act = { version: after.version, title: request.title, sha256 };
      const content = contentDigest(nodes);
      const body = { ...act, content, actor: request.actor, classes: nodes.length, ...counts };
      const entry = { stream: 'classification', type: 'classification.imported', at, body } as const;
      await write(transaction, treeProjector, entry, { classes: nodes });
      await deps.trail.append(transaction, [entry]);
    }
    return {
      ...changes,
      version: after.version,
      applied: request.apply,
      leaves: after.leaves.length,
      sheetsOfRemoved: [...sheets.values()].reduce((sum, count) => sum + count, 0),
      lostRules: table ? rowsWithout(table, after) : [],
    };
  });
}

/** Numbers of the rows whose class the tree lacks. */
const rowsWithout = ({ inputs, rules }: DecisionTable, tree: ClassTree): readonly number[] =>
  rules
    .filter(({ tests }) =>
      inputs.some(
        ({ register }, at) =>
          register === 'class' && textsOf(tests[at] ?? '-').some((code) => !tree.find(code)),
      ),
    )
    .map(({ number }) => number);

const textsOf = (test: string): readonly string[] =>
  [...test.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([text]) => JSON.parse(text) as string);
