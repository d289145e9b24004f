/** What the last act did; the console's shell says it. */
import { shallowRef } from 'vue';
import { proposalStates } from '../../law/two-person/states/index.js';
import type { OperationId } from '../../http/contract/operations.js';

export const said = shallowRef<
  { readonly text: string; readonly isCaution: boolean } | { readonly did: OperationId }
>();

/**
 * @param text what happened · what follows · until when
 * @param isCaution done, but not as hoped
 */
export const say = (text: string, isCaution = false): void => void (said.value = { text, isCaution });

/** Of who has decided something that another proposed. */
export const sayDecided = (
  decision: 'approve' | 'reject' | 'return' | 'submit' | 'withdraw',
  what: string,
): void => say(`${verdicts[decision]}：${what}`);

const verdicts = {
  approve: proposalStates.approved,
  reject: proposalStates.rejected,
  return: '已退回',
  submit: '已提交',
  withdraw: proposalStates.withdrawn,
} as const;

export const noteDeed = (did: OperationId): void => void (said.value = { did });
