/** Replays past cases on a stage: acts read from their trail, or messages of a file. */
import { acceptanceOf } from '../../cases/index.js';
import { mostActs, nextAct, sheetOf, type Message } from '../../cases/replay/index.js';
import type { ElementAnnotation } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { PastAct } from './acts.js';
import { beginCase } from './begin.js';
import { rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';

export interface Relived {
  readonly rehearsed: RehearsedCase;
  /** Why an act no longer fits; the replay stops there. */
  readonly unfit?: string;
}

export type PastCase =
  | { readonly no: string; readonly acts: readonly PastAct[]; readonly until: Date }
  | { readonly no: string; readonly message: Message };

export function replayPastCase(stage: Stage, past: PastCase): Relived {
  const rehearsed = rehearsedCase(stage, { businessKey: past.no });
  try {
    if ('message' in past) replayMessage(stage, rehearsed, past.message);
    else {
      for (const [index, act] of past.acts.entries()) {
        if (index === 0 && act.kind === 'send') beginCase(rehearsed, stage, act, act.data, act.at);
        else repeat(rehearsed, act);
      }
      rehearsed.moveTo(past.until);
    }
    return { rehearsed };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { rehearsed, unfit: error.message };
  }
}

function replayMessage(stage: Stage, rehearsed: RehearsedCase, message: Message): void {
  const law = stage.laws.today();
  rehearsed.take(acceptanceOf(sheetOf({ key: rehearsed.file.businessKey, message }, law)));
  for (let act = 0; act < mostActs; act += 1) {
    if (rehearsed.file.endedAt !== null) return;
    rehearsed.take(nextAct(stage.definitions, rehearsed.file, message, law));
  }
  throw new Refusal('flow.endless', `超过 ${mostActs} 步仍未结束`, { remedy: '检查流程是否存在走不出的环' });
}

function repeat(rehearsed: RehearsedCase, act: PastAct): void {
  switch (act.kind) {
    case 'start':
      return rehearsed.start(act.process, act.at, act.data);
    case 'send':
      return rehearsed.send(act.message, act.data, act.at);
    case 'amend':
      return amend(rehearsed, act);
    case 'complete': {
      rehearsed.moveTo(new Date(act.at.getTime() - 1));
      // A limit that passed opened the task at this very instant, and it was completed at once.
      if (![...rehearsed.file.tasks.values()].some(({ element }) => element === act.element)) {
        rehearsed.moveTo(act.at);
      }
      const element = rehearsed.elementOf(rehearsed.openTask(act.element, act.facts));
      const fromRegister = Object.entries(act.data).filter(([key]) => ofRegister.has(key));
      return rehearsed.complete(act.element, answered(element, act.data), act.at, {
        fromRegister: Object.fromEntries(fromRegister),
        facts: act.facts,
      });
    }
  }
}

export function amend(rehearsed: RehearsedCase, { act }: Extract<PastAct, { kind: 'amend' }>): void {
  const { type, at, body } = act;
  const { data = {}, actor: _actor, recordedAt: _recordedAt, ...said } = body;
  const caseId = rehearsed.file.id;
  rehearsed.take({ kind: 'amend', caseId, type, at, variables: data, body: said });
}

/** Variables that the register of units set when the task was completed (`placeOfUnit`). */
const ofRegister: ReadonlySet<string> = new Set(['unitDistrict', 'unitIsDistrict', 'unitKinds', 'bodies']);

/** Answers restricted to what the form asks now; sealed texts count as given. */
export function answered({ form }: ElementAnnotation, data: JsonObject): JsonObject {
  return Object.fromEntries(
    form.flatMap(({ key, type, required }) => {
      const value = data[key];
      // The trail stores fractional numbers as text.
      if (type === 'number' && typeof value === 'string') return [[key, Number(value)]];
      if (value !== undefined && value !== null) return [[key, value]];
      return type === 'longText' && required ? [[key, '（原文封存）']] : [];
    }),
  );
}
