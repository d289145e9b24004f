/** The two clocks of Art 24 on a sheet: to reply and feed back, and to finish by the date told. */
import type { JsonObject } from '../../kernel/index.js';
import { isTrue } from '../variables.js';

export type Clock = 'reply' | 'completion';

export const limits = { reply: 'Timer_ReplyLimit', completion: 'Timer_CompletionLimit' } as const;

/** Variables are the case's own; the reply clock's extension has the plain names. */
export const grantedName = (clock: Clock): string =>
  clock === 'reply' ? 'extensionGranted' : 'completionExtensionGranted';

export const isOverdue = (variables: JsonObject, clock: Clock): boolean =>
  isTrue(variables, `${clock}Overdue`);

/** The reply clock stands still: by leave (`request`) or while a return is being decided (`return`). */
export const replyPaused = (variables: JsonObject): boolean => typeof variables.replyPaused === 'string';
