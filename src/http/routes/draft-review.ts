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
  type Act,
  type Submission,
} from '../../design/governance/index.js';
import type { Viewer } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { draftReviewOperations } from '../contract/draft-review.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { draftDetailView } from '../views/draft-view.js';
import { scenariosView } from '../views/trial-view.js';

export function draftReviewHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof draftReviewOperations> {
  const { clock } = deps;
  const governance = { ...deps, ...deps.governance };
  const detail = (id: number, viewer: Viewer) => async (transaction: Transaction) =>
    draftDetailView(await viewDraft(transaction, id, clock.now()), viewer);
  const after = async (act: Promise<void>, id: number, viewer: Viewer) => {
    await act;
    return detail(id, viewer);
  };
  return {
    checkDraft: ({ params: { id }, query: { on } }) => checkDraft(governance, id, on),
    compareDraft: ({ params: { id } }) => compareDraft(governance, id),
    listSubmissions: async ({ params: { id } }, transaction) => {
      await readDraft(transaction, id, clock.now());
      const thread = await readThread(transaction, id);
      const items = await listSubmissions(transaction, id);
      return { items: items.map((one) => submissionView(one, thread)) };
    },
    submitDraft: ({ viewer, params: { id }, body }) =>
      after(submitDraft(governance, id, body, viewer), id, viewer),
    approveDraft: ({ viewer, params: { id }, body }) =>
      after(approveDraft(governance, id, body, viewer), id, viewer),
    rejectDraft: ({ viewer, params: { id }, body }) =>
      after(rejectDraft(governance, id, body, viewer), id, viewer),
    withdrawDraft: ({ viewer, params: { id }, body }) =>
      after(withdrawDraft(governance, id, body.reason, viewer), id, viewer),
    scheduleDraft: ({ viewer, params: { id }, body }) =>
      after(scheduleDraft(governance, id, { ...body, inForceFrom: body.inForceFrom }, viewer), id, viewer),
    rollBackDefinition: async ({ viewer, params: { key }, body }) => {
      const id = await rollBack(governance, { ...body, key }, viewer);
      return detail(id, viewer);
    },
  };
}

function submissionView(one: Submission, thread: readonly Act[]) {
  const { difference, scenarios, replay, runningCases, checks, ...rest } = one;
  return {
    ...rest,
    approvals: thread
      .filter((act) => act.act === 'approved' && act.submission === one.id)
      .map(({ actor, at, text }) => ({ actor, at, comment: text })),
    changes: difference,
    checks,
    scenarios: scenarios && scenariosView(scenarios),
    replay,
    runningCases,
  };
}
