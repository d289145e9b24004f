/** Validates typed values by the rules of the lint; empty if valid. */
import { feelObjection } from '../../../../engine/model/lint-content.js';
import { limitReference } from '../../../../engine/model/limit-reference.js';
import { timeObjection } from '../../../../engine/model/lint-timers.js';
import type { Timer } from './facts.js';

export const conditionObjection = (text: string): string =>
  text.trim() === '' ? '' : (feelObjection(text.trim()) ?? '');

export const nameObjection = (text: string): string =>
  text.trim() === '' || /^[a-z][A-Za-z0-9]*$/.test(text.trim()) ? '' : '以小写字母开头，只用字母和数字';

export const timerObjection = (kind: Timer['kind'], text: string): string =>
  (limitReference(text)
    ? null
    : text.startsWith('=')
      ? feelObjection(text)
      : timeObjection(kind, text.trim())) ?? '';
