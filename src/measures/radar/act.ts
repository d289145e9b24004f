/** Acts of the radar: a unit is asked, it answers, and an auditor decides. Each writes an entry. */
import { createDueDates } from '../../calendar/index.js';
import { Refusal } from '../../kernel/index.js';
import { inBrackets, lawOf, provisionFor } from '../../kernel/law.js';
import { addToInboxes } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { appendRadarEntries, type RadarDeps } from './append-entry.js';
import type { Decision } from './model/index.js';
import { sentenceOf } from './words.js';
import {
  findHypothesis,
  findQuestion,
  lockRadar,
  nextId,
  questionsAbout,
  type StoredHypothesis,
} from './store/radar-store.js';

/** @throws {Refusal} `radar.not-found` */
export async function hypothesisNo(transaction: Transaction, id: number): Promise<StoredHypothesis> {
  const found = await findHypothesis(transaction, id);
  if (found) return found;
  throw unknownHypothesis(id);
}

/** The same refusal for missing and for invisible hypotheses. */
export const unknownHypothesis = (id: number): Refusal =>
  new Refusal('radar.not-found', `没有第 ${id} 号线索`, { remedy: '从线索的列表里打开' });

async function openHypothesis(transaction: Transaction, id: number): Promise<StoredHypothesis> {
  await lockRadar(transaction);
  const found = await hypothesisNo(transaction, id);
  if (found.open) return found;
  throw new Refusal('radar.settled', `第 ${id} 号线索已经决定`, {
    remedy: '看决定和理由；有新的依据，程序会重新打开它',
  });
}

/**
 * Puts a hypothesis to a unit: its right of reply, within the policy's limit.
 *
 * @throws {Refusal} `radar.not-found`, `radar.settled`
 */
export async function askUnit(
  deps: RadarDeps,
  id: number,
  { unit, question, actor }: { readonly unit: string; readonly question: string; readonly actor: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const hypothesis = await openHypothesis(transaction, id);
    const waiting = (await questionsAbout(transaction, id)).find(
      (one) => one.unit === unit && one.answer === null,
    );
    if (waiting) {
      throw new Refusal('radar.settled', `第 ${id} 号线索已经询问 ${unit}，还没有答复`, {
        remedy: '等它答复；期限过了还没有答复的，可以决定',
      });
    }
    await deps.calendar.refresh(transaction);
    await deps.policies.refresh(transaction);
    const at = deps.clock.now();
    const timer = { kind: 'duration', text: 'P5D', unit: 'working-days', edge: 'end' } as const;
    const dueAt = createDueDates({ calendar: deps.calendar.current }).due(
      { ...timer, policy: 'radarReplyLimit' },
      at,
      { policies: deps.policies.at(at) },
    ).at;
    const number = await nextId(transaction, 'radar_question');
    const place = await appendRadarEntries(deps, transaction, at, [
      {
        type: 'radar.asked',
        body: { hypothesis: id, question: number, unit, text: question, due: dueAt.toISOString(), actor },
      },
    ]);
    const notice = {
      ...{ ...place, element: `radar-${number}`, recipient: `unit:${unit}`, level: null },
      title: '审计就一条线索询问本单位',
      text: `${sentenceOf(hypothesis)}这是统计上少见的情形，不是认定。请说明情况${inBrackets(lawOf('investigation', deps.laws.today()))}。`,
      article: provisionFor('investigation', deps.laws.today()),
      at,
    };
    await addToInboxes(transaction, [notice], at);
  });
}

/** @throws {Refusal} `radar.not-found`, also for another unit's question; `radar.settled` the second time */
export async function answerQuestion(
  deps: RadarDeps,
  id: number,
  {
    answer,
    actor,
    units,
  }: { readonly answer: string; readonly actor: string; readonly units: readonly string[] },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    await lockRadar(transaction);
    const question = await findQuestion(transaction, id);
    if (!question || !units.includes(question.unit)) throw unknownQuestion(id);
    if (question.answer !== null) {
      throw new Refusal('radar.settled', `第 ${id} 号询问已经答复`, { remedy: '看原来的答复' });
    }
    const at = deps.clock.now();
    const { hypothesis, unit, askedBy } = question;
    const body = { hypothesis, question: id, unit, actor, reason: answer };
    const place = await appendRadarEntries(deps, transaction, at, [{ type: 'radar.answered', body }]);
    const notice = {
      ...{ ...place, element: `radar-${id}`, recipient: 'role:auditor', level: null },
      title: `${unit}答复了第 ${hypothesis} 号线索`,
      text: `由 ${askedBy} 询问。请看答复并决定。`,
      article: provisionFor('investigation', deps.laws.today()),
      at,
    };
    await addToInboxes(transaction, [notice], at);
  });
}

/** The same refusal for missing questions and for those of another unit. */
export const unknownQuestion = (id: number): Refusal =>
  new Refusal('radar.not-found', `没有给本单位的第 ${id} 号询问`, { remedy: '从线索的列表里打开' });

/**
 * Records a person's decision. A hypothesis is followed up only after the unit has been heard, or
 * has let its limit pass.
 *
 * @throws {Refusal} `radar.not-found`, `radar.settled`, `radar.unheard`
 */
export async function decideHypothesis(
  deps: RadarDeps,
  id: number,
  {
    decision,
    reason,
    actor,
  }: { readonly decision: Decision; readonly reason: string; readonly actor: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    await openHypothesis(transaction, id);
    const at = deps.clock.now();
    const asked = await questionsAbout(transaction, id);
    const heard = asked.some(({ answer, dueAt }) => answer !== null || dueAt <= at);
    if (decision === 'followed-up' && !heard) {
      throw new Refusal('radar.unheard', '跟进以前，要先听单位说明', {
        provision: lawOf('investigation', deps.laws.today()),
        remedy: '先询问单位；它答复了，或者期限过了没有答复，再决定',
      });
    }
    const body = { hypothesis: id, decision, actor, reason };
    const number = await nextId(transaction, 'radar_decision');
    await appendRadarEntries(deps, transaction, at, [{ type: 'radar.decided', body }], {
      radar_decision: { id: number },
    });
  });
}
