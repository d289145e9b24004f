/**
 * Merges sheets into a leading sheet, and takes members out again. Each sheet remains a case of its
 * own (docs/merging.md).
 */
import { write } from '../../accountability/index.js';
import { loadCasesByKey, type CaseFile } from '../../engine/index.js';
import { recusedUnits, unitsOf } from '../../handlers/index.js';
import { Refusal, seal, type JsonObject } from '../../kernel/index.js';
import { lawOf, restingOn } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { leadOf, membersOf, mergeProjector } from '../../sheet/index.js';
import { unknownCase } from '../read-case.js';
import { scoresOf, type ProposeDeps } from './propose.js';
import { unitName } from '../../kernel/unit-name.js';
import type { Using } from '../parts.js';

export type MergeDeps = ProposeDeps & Using<'clock' | 'database' | 'executor' | 'sheets'>;

export interface MergeOrder {
  readonly lead: string;
  readonly members: readonly string[];
  /** The reason in words; sealed in the trail. */
  readonly reason: string;
  readonly actor: string;
}

/**
 * Merges all of them or none, with an entry in each sheet's trail and in the leading sheet's.
 * Members of a merged sheet become members of the leading sheet, so there are no chains.
 *
 * @throws {Refusal} `case.not-found`; `merge.impossible` for a closed sheet, for one that is merged
 * into another, and for one whose units are recused from the other
 */
export async function mergeSheets(deps: MergeDeps, order: MergeOrder): Promise<void> {
  const { lead, actor, reason } = order;
  await deps.database.transaction(async (transaction) => {
    const given = new Set(order.members);
    const files = new Map(await lockedCases(deps, transaction, [lead, ...given]));
    const into = await leadOf(transaction, lead);
    if (into !== undefined) {
      throw impossible(`工单 ${lead} 已经并入 ${into}，不能再作主单`, `并入 ${into}`, 'lead');
    }
    for (const member of given) await assertMergeable(deps, transaction, files, member, lead);
    const at = deps.clock.now();
    const scores = await scoresOf(deps, transaction, lead, [...given]);
    for (const member of given) {
      const theirs = await membersOf(transaction, member);
      for (const [no, file] of await lockedCases(deps, transaction, theirs)) {
        assertNoRecusal(deps, file, files.get(lead), no);
        files.set(no, file);
      }
      for (const one of [member, ...theirs]) {
        const score = scores.get(member) ?? 0;
        await enter(deps, transaction, [files.get(one), files.get(lead)], {
          ...{ type: 'sheet.merged', at, actor, reason },
          body: { member: one, lead, score },
        });
      }
    }
  });
}

/**
 * Takes a member out. It continues from its present step, and nothing that was done is undone.
 *
 * @throws {Refusal} `case.not-found`; `merge.impossible` if it is not merged into that sheet
 */
export async function unmergeSheet(
  deps: MergeDeps,
  { lead, member, reason, actor }: Omit<MergeOrder, 'members'> & { readonly member: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const files = await lockedCases(deps, transaction, [lead, member]);
    if ((await leadOf(transaction, member)) !== lead) {
      throw impossible(`工单 ${member} 没有并入 ${lead}`, '刷新后再看；可能已经拆出', 'member');
    }
    await enter(deps, transaction, [files.get(member), files.get(lead)], {
      ...{ type: 'sheet.unmerged', at: deps.clock.now(), actor, reason },
      body: { member, lead },
    });
  });
}

/** Cases are locked in the order of their numbers, so that two merges cannot deadlock. */
async function lockedCases(
  { sheets, laws }: MergeDeps,
  transaction: Transaction,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, CaseFile>> {
  const sorted = [...new Set(numbers)].sort();
  for (const no of sorted) if (!(await sheets.lock(transaction, no))) throw unknownCase(no, laws.today());
  const files = await loadCasesByKey(transaction, sorted);
  for (const no of sorted) if (!files.has(no)) throw unknownCase(no, laws.today());
  return files;
}

async function assertMergeable(
  deps: MergeDeps,
  transaction: Transaction,
  files: ReadonlyMap<string, CaseFile>,
  member: string,
  lead: string,
): Promise<void> {
  if (member === lead) throw impossible(`工单 ${member} 不能并入自己`, '选另一张工单', 'members');
  const [own, other] = [files.get(member), files.get(lead)];
  const closed = own?.endedAt ? member : other?.endedAt ? lead : undefined;
  if (closed !== undefined) {
    throw impossible(
      `工单 ${closed} 已经办结，不能并单`,
      '同一来电人再次提出的，关联原工单；别人提出的，按新的事项办理',
      'members',
    );
  }
  const into = await leadOf(transaction, member);
  if (into !== undefined) throw impossible(`工单 ${member} 已经并入 ${into}`, '先从那里拆出', 'members');
  assertNoRecusal(deps, own, other, member);
}

/** Refuses a merge that would show an accused unit the accusation through the other sheet. */
function assertNoRecusal(
  { laws }: MergeDeps,
  own: CaseFile | undefined,
  other: CaseFile | undefined,
  member: string,
): void {
  if (!own || !other) return;
  const concerned = (recused: CaseFile, holding: CaseFile): boolean => {
    const barred = recusedUnits(recused.variables);
    return unitsOf(holding.variables).some(({ name }) => barred.includes(unitName(name)));
  };
  if (!concerned(own, other) && !concerned(other, own)) return;
  throw new Refusal('merge.impossible', `工单 ${member} 与主单，一张所投诉、举报的单位是另一张的承办单位`, {
    where: 'members',
    remedy: '各自办理；控告、举报的材料不得转给被控告、举报的单位',
    provision: lawOf('recusal', laws.ofCase(own)),
  });
}

async function enter(
  { executor, laws }: MergeDeps,
  transaction: Transaction,
  files: readonly (CaseFile | undefined)[],
  {
    reason,
    body,
    ...entry
  }: {
    readonly type: string;
    readonly at: Date;
    readonly actor: string;
    readonly reason: string;
    readonly body: JsonObject;
  },
): Promise<void> {
  const answers = await executor.executeIn(
    transaction,
    files.flatMap((file) =>
      file
        ? [
            {
              ...{ kind: 'amend' as const, caseId: file.id, ...entry },
              body: { ...body, provisions: restingOn('sheet', laws.ofCase(file)) },
              sealed: [seal('reason', reason)],
            },
          ]
        : [],
    ),
  );
  for (const { refusal } of answers) if (refusal) throw refusal;
  await write(
    transaction,
    mergeProjector,
    answers.flatMap(({ entries = [] }) => entries),
  );
}

const impossible = (what: string, remedy: string, where: string): Refusal =>
  new Refusal('merge.impossible', what, { where, remedy });
