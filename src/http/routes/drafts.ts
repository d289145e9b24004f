import {
  commentDraft,
  createDraft,
  listDrafts,
  readDraft,
  readThread,
  saveDraft,
  sourceOf,
  viewDraft,
} from '../../design/governance/index.js';
import type { Viewer } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { draftOperations } from '../contract/draft-operations.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { draftDetailView, draftSummaryView } from '../views/draft-view.js';

export function draftHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof draftOperations> {
  const { clock } = deps;
  const drafting = { ...deps, ...deps.governance };
  const detail = (id: number, viewer: Viewer) => async (transaction: Transaction) =>
    draftDetailView(await viewDraft(transaction, id, clock.now()), viewer);
  const threadOf = (id: number) => async (transaction: Transaction) => {
    await readDraft(transaction, id, clock.now());
    return { items: await readThread(transaction, id) };
  };
  return {
    listDrafts: async ({ query: { key, state, limit, offset } }, transaction) => {
      const { total, drafts } = await listDrafts(transaction, { key, state, limit, offset }, clock.now());
      return { total, limit, offset, items: drafts.map(draftSummaryView) };
    },
    createDraft: async ({ viewer, body }) => {
      const id = await createDraft(drafting, { ...body, source: body.source }, viewer);
      return detail(id, viewer);
    },
    readDraft: ({ viewer, params: { id } }) => detail(id, viewer),
    saveDraft: async ({ viewer, params: { id }, body }) => {
      const save = { ...body, note: body.note ?? null, baseVersion: body.baseVersion, title: body.title };
      await saveDraft(drafting, id, save, viewer);
      return detail(id, viewer);
    },
    readDraftDiagram: ({ params: { id, revision } }, transaction) => sourceOf(transaction, id, revision),
    readDraftThread: ({ params: { id } }) => threadOf(id),
    commentDraft: async ({ viewer, params: { id }, body }) => {
      await commentDraft(drafting, id, { text: body.text, element: body.element ?? null }, viewer);
      return threadOf(id);
    },
  };
}
