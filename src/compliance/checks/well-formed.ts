/** Rule 1: the file is complete BPMN 2.0; the reader skipped, repaired or guessed nothing. */
import type { Refusal } from '../../kernel/refusal.js';
import type { Finding } from '../finding.js';

/** @param refusal of the engine's strict reader */
export const wellFormed = ({ message, where, remedy }: Refusal): Finding => ({
  rule: 'well-formed',
  severity: 'error',
  element: where ?? '?',
  article: '—',
  message,
  fix: remedy ?? '请用 BPMN 2.0 建模工具打开、改正后重新保存。',
});
