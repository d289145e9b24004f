/** What the last act did; the console's shell says it. */
import { shallowRef } from 'vue';
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
): void => say(`已${verdicts[decision]}:${what}`);

const verdicts = {
  approve: '批准',
  reject: '否决',
  return: '退回',
  submit: '提交',
  withdraw: '撤回',
} as const;

export const noteDeed = (did: OperationId): void => void (said.value = { did });
