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
import type { draftOperations } from '../contract/draft-operations.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { draftDetailView, draftSummaryView, personOf, threadView } from '../views/draft-view.js';

export function draftHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof draftOperations> {
  const { clock, database } = deps;
  const drafting = { ...deps, ...deps.governance };
  const detail = async (id: number, viewer: Viewer) =>
    draftDetailView(
      await database.transaction((transaction) => viewDraft(transaction, id, clock.now())),
      viewer,
    );
  const threadOf = (id: number) =>
    database.transaction(async (transaction) => {
      await readDraft(transaction, id, clock.now());
      return threadView(await readThread(transaction, id));
    });
  return {
    listDrafts: async ({ query: { key, state, limit, offset } }) => {
      const { total, drafts } = await database.transaction((transaction) =>
        listDrafts(transaction, { key, state, limit, offset }, clock.now()),
      );
      return { status: 200, body: { total, limit, offset, items: drafts.map(draftSummaryView) } };
    },
    createDraft: async ({ viewer, body }) => {
      const id = await createDraft(drafting, { ...body, source: body.source }, personOf(viewer));
      return { status: 201, body: await detail(id, viewer) };
    },
    readDraft: async ({ viewer, params: { id } }) => ({ status: 200, body: await detail(id, viewer) }),
    saveDraft: async ({ viewer, params: { id }, body }) => {
      const save = { ...body, note: body.note ?? null, baseVersion: body.baseVersion, title: body.title };
      await saveDraft(drafting, id, save, personOf(viewer));
      return { status: 200, body: await detail(id, viewer) };
    },
    readDraftDiagram: async ({ params: { id, revision } }) => ({
      status: 200,
      body: await database.transaction((transaction) => sourceOf(transaction, id, revision)),
    }),
    readDraftThread: async ({ params: { id } }) => ({ status: 200, body: await threadOf(id) }),
    commentDraft: async ({ viewer, params: { id }, body }) => {
      await commentDraft(drafting, id, { text: body.text, element: body.element ?? null }, personOf(viewer));
      return { status: 201, body: await threadOf(id) };
    },
  };
}
