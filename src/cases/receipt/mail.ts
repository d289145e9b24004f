/** Attaches the receipt to an answer by mail. */
import { sequence, signCheckpoint } from '../../accountability/index.js';
import { Refusal } from '../../kernel/index.js';
import type { ReceiptFor } from '../../channel/message/index.js';
import { readCase } from '../read-case.js';
import { giveReceipt, type GivenReceipt, type ReceiptDeps } from './give.js';

type Deps = ReceiptDeps & Parameters<typeof readCase>[0];

/**
 * There is no receipt without a public address, for an altered sheet, or while nothing can be
 * signed; the answer is sent all the same.
 */
export const mailedReceipts =
  (deps: Deps, publicUrl: string | undefined): ReceiptFor =>
  async (no) => {
    if (publicUrl === undefined) return undefined;
    const given = await signedReceipt(deps, no).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
    if (given?.state !== 'ready') return undefined;
    return { bytes: given.bytes, page: `${publicUrl.replace(/\/+$/, '')}/query/receipt` };
  };

async function signedReceipt(deps: Deps, no: string): Promise<GivenReceipt> {
  const given = await giveReceipt(deps, await readCase(deps, no));
  if (given.state !== 'later') return given;
  await sequence(deps.database);
  await signCheckpoint({ ...deps, signer: await deps.signer() });
  return giveReceipt(deps, await readCase(deps, no));
}
