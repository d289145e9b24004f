/** A matter that a citizen files: accepted as from any other channel, and waits to be registered. */
import { Refusal } from '../../kernel/index.js';
import { channelBy } from '../../kernel/kinds.js';
import { acceptOnce, type AcceptDeps, type Matter } from '../accept.js';
import { theCaller } from './acts.js';
import type { FilingSettings } from './filing-settings.js';
import { spend, type Work } from './work.js';

export interface FilingDeps extends AcceptDeps {
  readonly filing: FilingSettings;
}

type Filing = Omit<Matter, 'channel' | 'class' | 'callerAddress'> & { readonly title: string | null };

/**
 * Once for a key, which only this browser knows: sent again, it is answered with the same number and the same code, since
 * the first answer may never have arrived.
 *
 * @param address of the request, for counting
 * @throws {Refusal} `filing.closed`, `work.missing`, `request.too-many`, `idempotency.mismatch`, `input.invalid` for a
 * place that cannot be
 */
export async function fileMatter(
  deps: FilingDeps,
  matter: Filing,
  by: { readonly key: string; readonly work: Work | undefined; readonly address: string },
): ReturnType<typeof acceptOnce> {
  if (!deps.filing.filing) {
    throw new Refusal('filing.closed', '这里没有开放提出诉求', { remedy: '请拨打 12345' });
  }
  await deps.identity.callers.assertMayFile(by.address);
  // What is kept of the key gives nobody the code.
  const key = `caller ${deps.vault.match(`filing ${by.key}`).toString('hex')}`;
  const channel = channelBy('page', deps.laws.today());
  return deps.database.transaction((transaction) =>
    acceptOnce(
      deps,
      transaction,
      { key, request: matter, admit: () => spend(deps, transaction, by.work) },
      { ...matter, channel },
      { actor: theCaller, secretKey: by.key },
    ),
  );
}
