/** Links a sheet to the number that an upstream hotline gave it: one number, one sheet. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { writeOnce } from '../../accountability/index.js';
import { sheetOfUpstream, upstreamProjector, upstreamSources } from '../../channel/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { restingOn } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import { remindOf } from './remind.js';
import type { Using } from '../parts.js';

interface Source {
  readonly id: number;
  readonly name: string;
}

export interface FromUpstream {
  /** An id if a person chose the source. */
  readonly source: Source | number;
  readonly number: string;
  readonly due: Date | null;
}

interface Linked extends FromUpstream {
  readonly no: string;
  readonly actor: string;
}

/** @throws {Refusal} `upstream.accepted`, which names the existing sheet of the number; `source.not-found` */
export async function linkUpstream(
  deps: Using<'clock' | 'executor' | 'laws'>,
  transaction: Transaction,
  { no, source: given, number, due, actor }: Linked,
): Promise<void> {
  const source = typeof given === 'number' ? await chosenSource(transaction, given) : given;
  await assertNew(transaction, source, number);
  const file = await caseOf(deps, transaction, no);
  const { entries = [] } = await amendCase(deps, transaction, file, {
    type: 'upstream.linked',
    variables: { fromUpstream: true, ...(due ? { upstreamDue: toShanghaiIso(due) } : {}) },
    body: {
      source: source.name,
      number,
      due: due && toShanghaiIso(due),
      provisions: restingOn('sheet', deps.laws.ofCase(file)),
    },
    actor,
  });
  const from = { source: source.id, due_at: due };
  if ((await writeOnce(transaction, upstreamProjector, entries, from)) === undefined) {
    await assertNew(transaction, source, number);
    throw new Error(`${no} has an upstream number already`);
  }
  if (due) remindOf(transaction, no, deps.clock.now());
}

async function assertNew(transaction: Transaction, source: Source, number: string): Promise<void> {
  const earlier = await sheetOfUpstream(transaction, { source: source.id, number });
  if (earlier === undefined) return;
  throw new Refusal('upstream.accepted', `“${source.name}”的这一编号已经受理为工单 ${earlier}`, {
    where: 'upstream.number',
    remedy: `打开工单 ${earlier}；内容变了的，在那张工单里更正`,
  });
}

async function chosenSource(transaction: Transaction, id: number): Promise<Source> {
  const source = (await upstreamSources(transaction)).find((one) => one.id === id);
  if (source) return source;
  throw new Refusal('source.not-found', `没有编号为 ${id} 的上级热线`, {
    where: 'upstream.source',
    remedy: '在用的、对应关系写了来文编号的来源才是；列表见 GET /api/upstream-sources',
  });
}

/**
 * When the upstream hotline that sent the case expects the result, and whether the trail has
 * recorded that this limit passed.
 */
export function upstreamLimitOf({
  upstreamDue: due,
  upstreamPassed: passed,
}: JsonObject): { readonly at: Date; readonly passed: boolean } | null {
  const at = typeof due === 'string' ? new Date(due) : null;
  return at && Number.isFinite(at.getTime()) ? { at, passed: passed === true } : null;
}
