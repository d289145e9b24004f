/** Submits a shipped diagram after its trial, whatever the findings. */
import { Refusal } from '../../kernel/index.js';
import { editors } from '../../law/two-person/index.js';
import type { Draft } from './draft.js';
import { commentDraft, type GovernanceDeps } from './drafts.js';
import { checkDraft } from './look.js';
import { submitDraft } from './review.js';

export const system = { login: '', actor: '系统', roles: editors };

export async function submitShipped(deps: GovernanceDeps, { id, sha256 }: Draft): Promise<void> {
  const { findings } = await checkDraft(deps, id);
  const reasons = findings.map(({ rule, element }) => ({ rule, element, reason: '随程序附带' }));
  try {
    await submitDraft(deps, id, { sha256, comment: '随程序附带，请审批或者驳回', reasons }, system);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await commentDraft(deps, id, { text: `没有提交：${error.message}`, element: null }, system);
  }
}
