import { importClassification } from '../../cases/index.js';
import { treeVersions } from '../../sheet/classification/index.js';
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
    return importClassification(deps, { text, name: '分类表', title, actor, apply });
  };
  return {
    readClassification: (_, transaction) => deps.classTrees.current(transaction),
    listClassifications: async (_, transaction) => ({ items: await treeVersions(transaction) }),
    previewClassification: ({ viewer, body }) => imported(body, viewer, false),
    importClassification: ({ viewer, body }) => imported(body, viewer, true),
  };
}
