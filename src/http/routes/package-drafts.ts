import {
  answerPackageDraft,
  createPackageDraft,
  packageDraft,
  packageDrafts,
  packageFile,
  removePackageDraft,
  viewPackageDraft,
} from '../../design/package/new/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { packageDraftOperations } from '../contract/package-draft.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { packageDraftHead, packageDraftView } from '../views/package-draft-view.js';

export function packageDraftHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof packageDraftOperations> {
  const listed = async (transaction: Transaction) => ({
    items: (await packageDrafts(transaction)).map((draft) => packageDraftHead(viewPackageDraft(draft))),
  });
  const shown = async (draft: ReturnType<typeof packageDraft>) =>
    packageDraftView(viewPackageDraft(await draft));
  return {
    listPackageDrafts: (_, transaction) => listed(transaction),
    createPackageDraft: ({ viewer, body }, transaction) =>
      shown(createPackageDraft(deps, transaction, body.text, viewer.actor)),
    readPackageDraft: ({ params: { id } }, transaction) => shown(packageDraft(transaction, id)),
    answerPackageArticle: ({ viewer, params: { id, article }, body: { revision, answer } }, transaction) =>
      shown(
        answerPackageDraft(deps, transaction, {
          ...{ id, revision, by: viewer.actor },
          said: { article, answer },
        }),
      ),
    answerPackageCity: ({ viewer, params: { id }, body: { revision, ...said } }, transaction) =>
      shown(answerPackageDraft(deps, transaction, { id, revision, by: viewer.actor, said })),
    fetchNewPackage: async ({ params: { id } }, transaction) =>
      packageFile(await packageDraft(transaction, id)),
    removePackageDraft: async ({ params: { id } }, transaction) => {
      await packageDraft(transaction, id);
      await removePackageDraft(transaction, id);
      return listed(transaction);
    },
  };
}
