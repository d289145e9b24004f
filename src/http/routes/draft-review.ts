import {
  approveDraft,
  checkDraft,
  compareDraft,
  listSubmissions,
  readDraft,
  readThread,
  rejectDraft,
  rollBack,
  scheduleDraft,
  submitDraft,
  viewDraft,
  withdrawDraft,
} from '../../design/governance/index.js';
import type { Viewer } from '../../identity/index.js';
import type { draftReviewOperations } from '../contract/draft-review.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { draftDetailView, personOf } from '../views/draft-view.js';
import { submissionView } from '../views/submission-view.js';

export function draftReviewHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof draftReviewOperations> {
  const { clock, database } = deps;
  const governance = { ...deps, ...deps.governance };
  const detail = async (id: number, viewer: Viewer) =>
    draftDetailView(
      await database.transaction((transaction) => viewDraft(transaction, id, clock.now())),
      viewer,
    );
  const after = async (act: Promise<void>, id: number, viewer: Viewer) => {
    await act;
    return { status: 200, body: await detail(id, viewer) } as const;
  };
  return {
    checkDraft: async ({ params: { id }, query: { on } }) => {
      const { publishable, findings } = await checkDraft(governance, id, on);
      return { status: 200, body: { publishable, findings: [...findings] } };
    },
    compareDraft: async ({ params: { id } }) => {
      const { baseVersion, changes, grounds, approvers } = await compareDraft(governance, id);
      return { status: 200, body: { baseVersion, changes: [...changes], grounds: [...grounds], approvers } };
    },
    listSubmissions: async ({ params: { id } }) =>
      database.transaction(async (transaction) => {
        await readDraft(transaction, id, clock.now());
        const thread = await readThread(transaction, id);
        const items = await listSubmissions(transaction, id);
        return { status: 200, body: { items: items.map((one) => submissionView(one, thread)) } };
      }),
    submitDraft: ({ viewer, params: { id }, body }) =>
      after(submitDraft(governance, id, body, personOf(viewer)), id, viewer),
    approveDraft: ({ viewer, params: { id }, body }) =>
      after(approveDraft(governance, id, body, personOf(viewer)), id, viewer),
    rejectDraft: ({ viewer, params: { id }, body }) =>
      after(rejectDraft(governance, id, body, personOf(viewer)), id, viewer),
    withdrawDraft: ({ viewer, params: { id }, body }) =>
      after(withdrawDraft(governance, id, body.reason, personOf(viewer)), id, viewer),
    scheduleDraft: ({ viewer, params: { id }, body }) => {
      const inForceFrom = body.inForceFrom === undefined ? undefined : new Date(body.inForceFrom);
      return after(scheduleDraft(governance, id, { ...body, inForceFrom }, personOf(viewer)), id, viewer);
    },
    rollBackDefinition: async ({ viewer, params: { key }, body }) => {
      const id = await rollBack(governance, { ...body, key }, personOf(viewer));
      return { status: 201, body: await detail(id, viewer) };
    },
  };
}
