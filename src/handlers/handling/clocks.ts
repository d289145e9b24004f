/** The two clocks of handling: one for reply and feedback, one for completion by the promised date. */
import type { JsonObject } from '../../kernel/index.js';
import { isTrue } from '../variables.js';

export type Clock = 'reply' | 'completion';

export const limits = { reply: 'reply', completion: 'completion' } as const;

/** Variables of the reply clock's extension have names without a prefix. */
export const grantedName = (clock: Clock): string =>
  clock === 'reply' ? 'extensionGranted' : 'completionExtensionGranted';

export const isOverdue = (variables: JsonObject, clock: string): boolean =>
  isTrue(variables, `${clock}Overdue`);

/** Whether the reply clock is paused: on request (`request`), or while a return is being decided (`return`). */
export const replyPaused = (variables: JsonObject): boolean => typeof variables.replyPaused === 'string';
