/** Accepts a matter that a citizen files on the page, as from any other channel; it then waits to be registered. */
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
 * Files once per key, which only this browser knows. A repeated request returns the same number and
 * code, since the first answer may never have arrived.
 *
 * @param address of the request, for counting
 * @throws {Refusal} `filing.closed`, `work.missing`, `request.too-many`, `idempotency.mismatch`,
 * `input.invalid` for an impossible place
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
  // The key is stored hashed, so that the database reveals no code.
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
