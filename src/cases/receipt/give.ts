/** Gives a caller the receipt of their matter, on the caller's page or as a print by the agent. */
import { commitReceipt, composeReceipt, type LogSigner } from '../../accountability/index.js';
import type { CaseView } from '../read-case.js';
import type { Using } from '../parts.js';

export interface ReceiptDeps extends Using<'clock' | 'database' | 'laws' | 'sheets' | 'trail'> {
  readonly signer: () => Promise<LogSigner>;
}

/**
 * `later`: no signed checkpoint contains the entry yet. `altered`: the words differ from those the
 * trail recorded, so nothing can be vouched for.
 */
export type GivenReceipt =
  | { readonly state: 'ready'; readonly bytes: Buffer; readonly index: number }
  | { readonly state: 'later' | 'altered' };

export async function giveReceipt(deps: ReceiptDeps, view: CaseView): Promise<GivenReceipt> {
  const { sheet } = view;
  if (view.altered.length > 0 || !view.chain.holds) return { state: 'altered' };
  const committed = await deps.database.transaction(async (transaction) => {
    // Locks the sheet: of two simultaneous requests the second finds the first one's entry.
    await deps.sheets.lock(transaction, sheet.no);
    return commitReceipt(
      deps.trail,
      transaction,
      {
        ...{ no: sheet.no, words: sheet.content, wordsSalt: sheet.wordsSalt },
        acceptedAt: sheet.receivedAt,
      },
      deps.clock.now(),
    );
  });
  const composed = await composeReceipt(deps.database, await deps.signer(), committed);
  return composed ? { state: 'ready', ...composed } : { state: 'later' };
}
