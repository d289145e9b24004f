/** The two clocks: to reply and feed back, and to finish by the promised date. */
import type { JsonObject } from '../../kernel/index.js';
import { isTrue } from '../variables.js';

export type Clock = 'reply' | 'completion';

export const limits = { reply: 'reply', completion: 'completion' } as const;

/** The reply clock's extension has the plain variable names. */
export const grantedName = (clock: Clock): string =>
  clock === 'reply' ? 'extensionGranted' : 'completionExtensionGranted';

export const isOverdue = (variables: JsonObject, clock: Clock): boolean =>
  isTrue(variables, `${clock}Overdue`);

/** The reply clock is paused: on request (`request`), or while a return is being decided (`return`). */
export const replyPaused = (variables: JsonObject): boolean => typeof variables.replyPaused === 'string';
