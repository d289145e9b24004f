/** Starts a rehearsed case. */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';

/**
 * Starts with a message from outside or with what the program prepares for the timer of a start
 * event; without a message, as the process starts by itself.
 *
 * @throws {Refusal} of a step that is not possible
 */
export function beginCase(
  rehearsed: RehearsedCase,
  stage: Stage,
  given: { readonly process: string } | { readonly message: string },
  facts: JsonObject,
  at: Date,
): void {
  if (!('message' in given)) return rehearsed.start(given.process, at, facts);
  const { message } = given;
  const prepared = stage.definitions.all.find(({ annotations }) =>
    annotations.timerStarts.some(({ prepare }) => prepare === message),
  );
  if (prepared) rehearsed.start(prepared.key, at, facts, message);
  else rehearsed.send(message, facts, at);
}

/** Key of the process that starts by itself, without a message. @throws {Refusal} `definition.not-found` */
export function beginning({ definitions }: Stage): string {
  const found = definitions.all.find(({ annotations }) =>
    annotations.elements.some(
      ({ type, catches, deeds }) => type === 'bpmn:StartEvent' && catches === null && deeds.length > 0,
    ),
  );
  if (found) return found.key;
  throw new Refusal('definition.not-found', '没有一个流程由来电人的事项开始', {
    remedy: '在开始事件上写明行为（duty:deed）',
  });
}
