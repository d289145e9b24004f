/** Erases a caller's data. The trail records the erasure and stays valid. */
import { eraseAttachmentRows } from '../../sheet/attachment/index.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal, seal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { eraseCallerRow, type CallerField } from '../../sheet/index.js';
import { sweepSoon } from '../attachment/sweep.js';
import { restingOn } from '../../kernel/law.js';
import type { Using } from '../parts.js';

type EraseDeps = Using<'clock' | 'database' | 'executor' | 'laws'>;

interface Erasure {
  readonly no: string;
  /** The reason in words; sealed in the trail. */
  readonly reason: string;
  readonly actor: string;
}

interface Erased {
  readonly fields: readonly CallerField[];
  /** Number of the caller's files that were erased. */
  readonly attachments: number;
}

async function eraseCallerIn(
  { clock, executor, laws }: Pick<EraseDeps, 'clock' | 'executor' | 'laws'>,
  transaction: Transaction,
  { no, reason, actor }: Erasure,
): Promise<Erased> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) {
    throw new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的工单`, { remedy: '核对工单编号' });
  }
  const at = clock.now();
  const fields = await eraseCallerRow(transaction, no, at);
  const attachments = await eraseAttachmentRows(transaction, no, at, 'matter');
  if (!fields && attachments.length === 0) {
    throw new Refusal('caller.none', `工单 ${no} 没有来电人资料，或者已经删除`, {
      remedy: '轨迹里有删除的记录',
    });
  }
  const act = { kind: 'amend' as const, caseId: file.id, at, sealed: [seal('reason', reason)], actor };
  const provisions = restingOn('callers-data', laws.ofCase(file));
  const commands = [
    ...(fields ? [{ ...act, type: 'caller.erased', body: { fields: [...fields], provisions } }] : []),
    ...(attachments.length > 0
      ? [{ ...act, type: 'attachments.erased', body: { attachments: [...attachments], provisions } }]
      : []),
  ];
  for (const { refusal } of await executor.executeIn(transaction, commands)) if (refusal) throw refusal;
  if (attachments.length > 0) sweepSoon(transaction);
  return { fields: fields ?? [], attachments: attachments.length };
}

/**
 * Erases the values, salts and matching hash, and the caller's files, which may show the caller.
 * The trail's digests remain and cannot be guessed without salts. Entries of the sheet's trail
 * record who erased the data.
 *
 * @throws {Refusal} `case.not-found`; `caller.none` if there is nothing (left)
 */
export const eraseCaller = (deps: EraseDeps, erasure: Erasure): Promise<Erased> =>
  deps.database.transaction((transaction) => eraseCallerIn(deps, transaction, erasure));
