import {
  checkGivenReceipt,
  giveReceipt,
  readCase,
  type CheckedReceipt,
  type GivenReceipt,
} from '../../cases/index.js';
import type { receiptOperations } from '../contract/receipt.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { forViewer } from '../sight.js';
import { proverOf } from './progress.js';

export function receiptHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof receiptOperations> {
  const prove = proverOf(deps);
  return {
    giveReceipt: async ({ body: { no, secret }, origin }) => {
      await prove('giveReceipt', no, secret, origin);
      return givenView(await giveReceipt(deps, await readCase(deps, no)));
    },
    giveReceiptAtDesk: async ({ params: { no }, viewer }) => {
      const view = await readCase(forViewer(deps, viewer), no);
      return givenView(await giveReceipt(deps, view));
    },
    checkReceipt: async ({ body: { receipt, no, words }, origin: { address } }) => {
      await deps.identity.callers.assertMayAsk(address);
      const checked = await checkGivenReceipt(deps, { bytes: bytesOf(receipt), no, words });
      return checkedView(checked);
    },
  };
}

const givenView = (given: GivenReceipt) =>
  given.state === 'ready'
    ? { state: given.state, receipt: given.bytes.toString('base64url'), entry: given.index + 1 }
    : { state: given.state, receipt: null, entry: null };

/** The URL in the QR code contains the receipt after `#`. */
const bytesOf = (text: string): Buffer =>
  Buffer.from((text.split('#').at(-1) ?? '').replaceAll(/\s/g, ''), 'base64url');

function checkedView(checked: CheckedReceipt) {
  if ('flaw' in checked) {
    return { verdict: checked.flaw, contradiction: null, receipt: null, now: null, fits: null };
  }
  const { receipt, vkey, witnesses, now, contradiction, fits } = checked;
  return {
    verdict: contradiction ? ('contradicted' as const) : ('genuine' as const),
    contradiction: contradiction ?? null,
    receipt: {
      acceptedAt: receipt.acceptedAt,
      issuedAt: receipt.issuedAt,
      entry: receipt.index + 1,
      size: receipt.size,
      origin: receipt.origin,
      key: vkey,
      witnesses,
    },
    now: { size: now.size, signedAt: now.signedAt },
    fits: fits ?? null,
  };
}
