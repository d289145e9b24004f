import { toShanghaiIso } from '../../kernel/civil-date.js';
import { importClassification } from '../../cases/index.js';
import { treeVersions, type PlacedClass } from '../../sheet/classification/index.js';
import type { Viewer } from '../../identity/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { classificationOperations } from '../contract/classification.js';

export function classificationHandlers(
  deps: HttpDeps,
): Pick<Handlers, keyof typeof classificationOperations> {
  const imported = async (
    { csv: text, title }: { csv: string; title: string },
    { actor }: Viewer,
    apply: boolean,
  ) => {
    const change = await importClassification(deps, { text, name: '分类表', title, actor, apply });
    return {
      ...change,
      added: change.added.map(classView),
      removed: change.removed.map(classView),
      changed: change.changed.map(({ from, to }) => ({ from: classView(from), to: classView(to) })),
      lostRules: [...change.lostRules],
    };
  };
  return {
    readClassification: async () => {
      const { version, title, classes } = await deps.database.transaction((transaction) =>
        deps.classTrees.current(transaction),
      );
      return { status: 200, body: { version, title, classes: classes.map(classView) } };
    },
    listClassifications: async () => {
      const versions = await deps.database.transaction(treeVersions);
      const items = versions.map((one) => ({ ...one, importedAt: toShanghaiIso(one.importedAt) }));
      return { status: 200, body: { items } };
    },
    previewClassification: async ({ viewer, body }) => ({
      status: 200,
      body: await imported(body, viewer, false),
    }),
    importClassification: async ({ viewer, body }) => ({
      status: 201,
      body: await imported(body, viewer, true),
    }),
  };
}

export const classView = ({ code, name, path, trade, leaf }: PlacedClass) => ({
  code,
  name,
  path: [...path],
  trade,
  leaf,
});
