/** Rule 1: the file is BPMN 2.0 that was read completely: nothing skipped, repaired or guessed. */
import type { Refusal } from '../../kernel/refusal.js';
import type { Finding } from '../finding.js';

/** @param refusal why the strict reader of the engine did not take it */
export const wellFormed = ({ message, where, remedy }: Refusal): Finding => ({
  rule: 'well-formed',
  severity: 'error',
  element: where ?? '?',
  article: '—',
  message,
  fix: remedy ?? '请用 BPMN 2.0 建模工具打开、改正后重新保存。',
});
