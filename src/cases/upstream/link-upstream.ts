/** What an upstream hotline sent under a number of its own: one number, one sheet. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { keepUpstream } from '../../channel/index.js';
import { loadCasesByKey, type Executor } from '../../engine/index.js';
import { Refusal, type Clock, type JsonObject } from '../../kernel/index.js';
import { restingOn, type Laws } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { unknownCase } from '../read-case.js';
import { remindOf } from './remind.js';

interface Linked {
  readonly no: string;
  readonly source: { readonly id: number; readonly name: string };
  readonly number: string;
  readonly due: Date | null;
  readonly actor: string;
}

/** @throws {Refusal} `upstream.accepted`, which names the sheet that the number became */
export async function linkUpstream(
  deps: { readonly clock: Clock; readonly executor: Executor; readonly laws: Laws },
  transaction: Transaction,
  { no, source, number, due, actor }: Linked,
): Promise<void> {
  const earlier = await keepUpstream(transaction, { workOrder: no, source: source.id, number, dueAt: due });
  if (earlier !== undefined) {
    throw new Refusal('upstream.accepted', `“${source.name}”的这一编号已经受理为工单 ${earlier}`, {
      where: 'upstream.number',
      remedy: `打开工单 ${earlier};内容变了的,在那张工单里更正`,
    });
  }
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) throw unknownCase(no, deps.laws.today());
  const [answer] = await deps.executor.executeIn(transaction, [
    {
      kind: 'amend',
      caseId: file.id,
      at: deps.clock.now(),
      type: 'upstream.linked',
      variables: { fromUpstream: true, ...(due ? { upstreamDue: toShanghaiIso(due) } : {}) },
      body: {
        source: source.name,
        number,
        due: due && toShanghaiIso(due),
        provisions: restingOn('sheet', deps.laws.ofCase(file)),
      },
      actor,
    },
  ]);
  if (answer?.refusal) throw answer.refusal;
  if (due) remindOf(transaction, no, deps.clock.now());
}

/** Until when the upstream hotline that sent the case wants its result, and whether the trail has recorded that it passed. */
export function upstreamLimitOf({
  upstreamDue: due,
  upstreamPassed: passed,
}: JsonObject): { readonly at: Date; readonly passed: boolean } | null {
  const at = typeof due === 'string' ? new Date(due) : null;
  return at && Number.isFinite(at.getTime()) ? { at, passed: passed === true } : null;
}
