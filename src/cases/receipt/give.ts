/** Gives a caller the receipt of their matter: on their page, or printed by whoever took their call. */
import { commitReceipt, composeReceipt, type LogSigner, type Trail } from '../../accountability/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Database } from '../../platform/database/index.js';
import type { Sheets } from '../../sheet/index.js';
import type { CaseView } from '../read-case.js';

export interface ReceiptDeps {
  readonly clock: Clock;
  readonly database: Database;
  readonly sheets: Sheets;
  readonly trail: Trail;
  readonly signer: () => Promise<LogSigner>;
  readonly laws: Laws;
}

/**
 * `later`: the entry is in no signed checkpoint yet. `altered`: the words are not those that the trail has recorded, so
 * that nothing can be vouched for.
 */
export type GivenReceipt =
  | { readonly state: 'ready'; readonly bytes: Buffer; readonly index: number }
  | { readonly state: 'later' | 'altered' };

export async function giveReceipt(deps: ReceiptDeps, view: CaseView): Promise<GivenReceipt> {
  const { sheet } = view;
  if (view.altered.length > 0 || !view.chain.holds) return { state: 'altered' };
  const committed = await deps.database.transaction(async (transaction) => {
    // Of two who ask at once the second finds the first one's entry.
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
