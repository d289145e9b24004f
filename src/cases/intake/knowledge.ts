/** Changes to the knowledge base: each creates a version and an entry of the trail `knowledge`. */
import { write } from '../../accountability/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import {
  entryHistory,
  knowledgeDigest,
  knowledgeProjector,
  knowledgeVersionProjector,
  lockEntry,
  type KnowledgeEntry,
  type KnowledgeText,
} from '../../sheet/knowledge/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { endLapses } from './knowledge-lapse.js';
import { assertUnits } from '../units.js';
import { lawOf, restingOn } from '../../kernel/law.js';
import type { Using } from '../parts.js';

export type KnowledgeDeps = Using<
  'classTrees' | 'clock' | 'database' | 'executor' | 'laws' | 'trail' | 'units'
>;

export interface KnowledgeAct {
  readonly actor: string;
  readonly reason: string;
}

/**
 * Writes an entry or its next version.
 *
 * @param request.basedOn the version edited; undefined for a new entry
 * @returns its number
 * @throws {Refusal} `knowledge.not-found`, `knowledge.stale`, `knowledge.invalid` for a past review date,
 * `classification.unknown`, `unit.not-found`
 */
export async function writeKnowledge(
  deps: KnowledgeDeps,
  request: {
    readonly id?: number;
    readonly basedOn?: number;
    readonly text: KnowledgeText;
    readonly act: KnowledgeAct;
  },
): Promise<number> {
  const { text, act, id } = request;
  const at = deps.clock.now();
  if (text.reviewOn < civilDateOf(at)) {
    throw new Refusal('knowledge.invalid', `复核日期 ${text.reviewOn} 已经过去`, {
      where: 'reviewOn',
      remedy: '写今天或者以后的日期',
      provision: lawOf('knowledge-review', deps.laws.today()),
    });
  }
  return deps.database.transaction(async (transaction) => {
    await assertUnits(deps.units, transaction, [text.unit], { where: 'unit', place: '负责的单位' });
    if (text.class !== null && !(await deps.classTrees.current(transaction)).find(text.class)) {
      throw new Refusal('classification.unknown', `现行分类里没有编码“${text.class.slice(0, 60)}”`, {
        where: 'class',
        remedy: '从现行分类里选；分类见 GET /api/classification',
      });
    }
    const before = id === undefined ? undefined : await standing(transaction, id, request.basedOn);
    const written = await record(
      deps,
      transaction,
      { ...text, id, version: (before?.version ?? 0) + 1, state: 'valid' },
      act,
    );
    if (before) await endLapses(deps, transaction, before.id, act.actor);
    return written;
  });
}

/** @throws {Refusal} `knowledge.not-found`, `knowledge.stale` */
export async function withdrawKnowledge(
  deps: KnowledgeDeps,
  id: number,
  basedOn: number,
  act: KnowledgeAct,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const before = await standing(transaction, id, basedOn);
    await record(deps, transaction, { ...before, version: before.version + 1, state: 'withdrawn' }, act);
    await endLapses(deps, transaction, id, act.actor);
  });
}

/**
 * Orders a supervision because a knowledge entry is late or substandard. A person decides so on a
 * sheet where the fault showed, and the supervision of that sheet starts; a person also states its
 * ground.
 *
 * @throws {Refusal} `knowledge.not-found`, `case.not-found`; `knowledge.no-ground` where the
 * regulation has no such ground
 */
export async function orderKnowledgeSupervision(
  deps: KnowledgeDeps,
  id: number,
  workOrder: string,
  act: KnowledgeAct,
): Promise<void> {
  if (restingOn('supervision-knowledge', deps.laws.today()).length === 0) {
    throw new Refusal('knowledge.no-ground', '本市的条例没有以知识库为督办的事由', {
      remedy: '通知负责的单位改写；确需督办的，在有关工单上以条例列明的事由交督办',
    });
  }
  await deps.database.transaction(async (transaction) => {
    const entry = await standing(transaction, id);
    const file = (await loadCasesByKey(transaction, [workOrder])).get(workOrder);
    if (!file) {
      throw new Refusal('case.not-found', `没有编号为“${workOrder.slice(0, 60)}”的工单`, {
        where: 'workOrder',
        remedy: '写发现知识库问题的那张工单的编号',
      });
    }
    const at = deps.clock.now();
    const [answer] = await deps.executor.executeIn(transaction, [
      { kind: 'send', caseId: file.id, message: 'supervision-ordered', at, actor: act.actor },
    ]);
    if (answer?.refusal) throw answer.refusal;
    const body = { ...act, entry: id, version: entry.version, unit: entry.unit, workOrder };
    await deps.trail.append(transaction, [
      {
        stream: 'knowledge',
        type: 'knowledge.supervision-ordered',
        at,
        body: { ...body, provisions: restingOn('supervision-knowledge', deps.laws.today()) },
      },
    ]);
  });
}

async function standing(transaction: Transaction, id: number, basedOn?: number): Promise<KnowledgeEntry> {
  const entry = await lockEntry(transaction, id);
  if (!entry) throw notFound(id);
  if (basedOn === undefined || entry.version === basedOn) return entry;
  throw new Refusal('knowledge.stale', `条目 ${id} 已是第 ${entry.version} 版，所改的是第 ${basedOn} 版`, {
    where: 'basedOn',
    remedy: '读取现行版本，在它上面重新修改',
  });
}

/** @throws {Refusal} `knowledge.not-found` */
export async function knowledgeHistory(transaction: Transaction, id: number) {
  const [current, ...earlier] = await entryHistory(transaction, id);
  if (!current) throw notFound(id);
  return { current, earlier };
}

const notFound = (id: number): Refusal =>
  new Refusal('knowledge.not-found', `知识库没有编号为 ${id} 的条目`, { remedy: '从知识库里重新查找' });

async function record(
  deps: KnowledgeDeps,
  transaction: Transaction,
  entry: Omit<KnowledgeEntry, 'id'> & { readonly id: number | undefined },
  act: KnowledgeAct,
): Promise<number> {
  const at = deps.clock.now();
  const { actor, reason } = act;
  const { version, unit, title, body: text, reviewOn, forPublic, class: code } = entry;
  const said = (id: number) => ({
    stream: 'knowledge',
    type: entry.state === 'valid' ? ('knowledge.written' as const) : ('knowledge.withdrawn' as const),
    at,
    body: {
      ...{ actor, reason, entry: id, version, unit, class: code, reviewOn, forPublic },
      ...{ sha256: knowledgeDigest(entry), provisions: restingOn('knowledge-review', deps.laws.today()) },
    },
  });
  const given = { title, body: text };
  const number = await write(transaction, knowledgeProjector, said(entry.id ?? 0), given);
  const id = entry.id ?? number;
  await write(transaction, knowledgeVersionProjector, said(id), given);
  await deps.trail.append(transaction, [said(id)]);
  return id;
}
