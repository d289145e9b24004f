/** Proves that a case is as its trail last recorded it. A case that is not must not be acted on. */
import { Refusal } from '../../kernel/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { CaseFile } from '../execution/case-file.js';
import type { Journal, LastEntry } from '../ports.js';
import { stateDigest } from './case-state.js';

export interface Proof {
  /** Its bookmark is the end of the trail, even if the row was restored from a backup. */
  readonly file: CaseFile;
  /** Digest of the state that the trail last recorded. */
  readonly state?: string | undefined;
  /** Why the case may not be acted on. */
  readonly refusal?: Refusal;
}

/**
 * Proofs by case id.
 *
 * @param known last entries read together with the row. If the statement waited for the row, they
 * may be older: entries that do not match are read again.
 */
export async function proveCases(
  transaction: Transaction,
  journal: Pick<Journal<Transaction>, 'endOf'>,
  files: Iterable<CaseFile>,
  known: ReadonlyMap<string, LastEntry>,
  law: Law,
): Promise<ReadonlyMap<string, Proof>> {
  const proofs = new Map<string, Proof>();
  const open: CaseFile[] = [];
  for (const file of files) {
    const last = known.get(file.id);
    const proof = last && prove(journal, file, last, law);
    if (proof && !proof.refusal) proofs.set(file.id, proof);
    else open.push(file);
  }
  if (open.length === 0) return proofs;
  const rows = await transaction.prepared<LastEntry>('case-trail-ends', endsSql, [
    open.map(({ businessKey }) => businessKey),
  ]);
  const ends = new Map(rows.map((row) => [row.stream, row]));
  for (const file of open) proofs.set(file.id, prove(journal, file, ends.get(file.businessKey), law));
  return proofs;
}

const endsSql = `
  SELECT e.stream, e.seq, e.leaf, e.body
    FROM unnest($1::text[]) AS asked (stream)
   CROSS JOIN LATERAL (SELECT r.stream, r.seq, r.leaf, r.body FROM recorded_entry r
                        WHERE r.stream = asked.stream ORDER BY r.seq DESC LIMIT 1) e`;

function prove(
  journal: Pick<Journal<Transaction>, 'endOf'>,
  file: CaseFile,
  last: LastEntry | undefined,
  law: Law,
): Proof {
  const end = journal.endOf(file.businessKey, last, file.bookmark);
  if (end === undefined) return { file };
  if (end instanceof Refusal) return { file, refusal: end };
  const { state, bookmark } = end;
  const here = bookmark === file.bookmark ? file : { ...file, bookmark };
  return state === stateDigest(file)
    ? { file: here, state }
    : { file: here, state, refusal: alteredCase(file.businessKey, last?.seq, law) };
}

const alteredCase = (no: string, seq: number | undefined, law: Law): Refusal =>
  new Refusal(
    'case.altered',
    `工单 ${no} 办理的现状（所填所答、停留的环节、待办、期限、结束的时刻）不是轨迹所记的`,
    {
      ...(seq === undefined ? {} : { where: `${no} 第 ${seq} 条` }),
      provision: lawOf('trail', law),
      remedy: '不能据以办理；保全数据库，由审计人员核验轨迹，照备份恢复表 process_case 的这一行以后再办',
    },
  );
