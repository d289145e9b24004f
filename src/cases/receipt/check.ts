/** Checks a caller's receipt against the log. If they contradict each other, auditors are notified at once. */
import { checkReceipt, fits, type Flaw, type Genuine } from '../../accountability/index.js';
import { provisionFor } from '../../kernel/law.js';
import { addToInboxes } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { ReceiptDeps } from './give.js';

interface Asked {
  readonly bytes: Buffer;
  /** The sheet's number as the caller types it; undefined if the caller leaves it out. */
  readonly no: string | undefined;
  readonly words: string | undefined;
}

export type CheckedReceipt =
  | { readonly flaw: Flaw }
  | (Genuine & {
      /** Whether number and words match the receipt; undefined if either was not given. */
      readonly fits: boolean | undefined;
    });

export async function checkGivenReceipt(
  deps: Pick<ReceiptDeps, 'clock' | 'database' | 'laws' | 'trail' | 'signer'>,
  { bytes, no, words }: Asked,
): Promise<CheckedReceipt> {
  const { vkey } = await deps.signer();
  return deps.database.transaction(async (transaction) => {
    const found = await checkReceipt(transaction, vkey, bytes, deps.laws.today());
    if (typeof found === 'string') return { flaw: found };
    if (found.contradiction) await raiseAlarm(deps, transaction, found);
    const given = no !== undefined && words !== undefined;
    return { ...found, fits: given ? fits(found.receipt, no, words) : undefined };
  });
}

const stream = 'receipts';

/** Raises the alarm once for each receipt and kind of contradiction. */
async function raiseAlarm(
  { clock, laws, trail }: Pick<ReceiptDeps, 'clock' | 'laws' | 'trail'>,
  transaction: Transaction,
  { receipt, root, now, contradiction }: Genuine,
): Promise<void> {
  if (!contradiction) return;
  const body = {
    ...{ size: receipt.size, root: root.toString('hex'), index: receipt.index, why: contradiction },
    ...(now.root ? { now: now.root.toString('hex') } : {}),
  };
  const earlier = (await trail.read(transaction, [stream])).get(stream) ?? [];
  const known = earlier.some(
    (entry) =>
      entry.type === 'receipt.contradicted' &&
      entry.body.root === body.root &&
      entry.body.index === body.index &&
      entry.body.why === contradiction,
  );
  if (known) return;
  const at = clock.now();
  const bookmarks = await trail.append(transaction, [{ stream, type: 'receipt.contradicted', at, body }]);
  const seq = trail.numberOf(bookmarks.get(stream) ?? null);
  const notices = ['auditor', 'audit-admin'].map((role) => ({
    ...{ stream, seq, element: 'receipt', level: null, at },
    recipient: `role:${role}`,
    title: '来电人的回执与现在的日志对不上',
    text: `有人核对一份真的回执（本系统签名，第 ${receipt.index + 1} 条，所据的检查点共 ${receipt.size} 条），现在的日志${whys[contradiction]}。请立即核验轨迹（hotline trail verify），并用见证人手里的检查点对照。`,
    article: provisionFor('trail', laws.today()),
  }));
  await addToInboxes(transaction, notices, at);
}

const whys = {
  'rolled-back': '比它短：后面的条目没有了，可能整库退回到了从前',
  rewritten: '的前面这些条与它不同：日志被改写过，或者树的文件残缺',
  'entry-gone': '里没有回执的那一条，或者那一条被改过',
} as const;
