/** Where messages to a source's callers go. Administrators set the address, which has a secret of its own. */
import { Refusal } from '../kernel/index.js';
import { testMessage } from './notification/index.js';
import { tryOnce, webhookAddress, type OutgoingSettings } from './outbox/index.js';
import type { ChannelsDeps } from './ports.js';
import { ofMailbox, record, sourceIn } from './sources.js';
import { outgoingOf, setOutgoing } from './store/source-store.js';
import { newSourceSecret } from './verify.js';

type OutgoingDeps = Omit<ChannelsDeps, 'accept'> & { readonly outgoing: OutgoingSettings };

/**
 * The secret is returned only here; null if the address is null.
 *
 * @throws {Refusal} `source.not-found`, `input.invalid`
 */
export async function setSourceOutgoing(
  deps: OutgoingDeps,
  id: number,
  given: string | null,
  actor: string,
): Promise<string | null> {
  const address = given === null ? null : webhookAddress(given, deps.outgoing);
  const secret = address === null ? null : newSourceSecret('signature');
  await deps.database.transaction(async (transaction) => {
    const source = await sourceIn(transaction, id);
    if (source.proof === 'mailbox')
      throw ofMailbox('邮箱来的由邮件告知，没有别的地址', '邮件服务器由 HOTLINE_SMTP_URL 设');
    await setOutgoing(
      transaction,
      deps.vault,
      source,
      address === null || secret === null ? null : { address, secret },
    );
    await record(deps, transaction, 'source.outgoing-set', source, actor, {
      // Records only the host: the rest may contain a token.
      host: address === null ? null : new URL(address).host,
    });
  });
  return secret;
}

/** Sends a test message once. @returns the failure in Chinese. @throws {Refusal} `source.not-found`, `input.invalid` */
export async function testSourceOutgoing(
  deps: OutgoingDeps,
  id: number,
  actor: string,
): Promise<string | undefined> {
  const { source, way } = await deps.database.transaction(async (transaction) => {
    const found = await sourceIn(transaction, id);
    return { source: found, way: await outgoingOf(transaction, deps.vault, id) };
  });
  if (!way) {
    throw new Refusal('input.invalid', '这个来源没有设告知来电人的地址', { remedy: '先设地址' });
  }
  const message = testMessage(id, deps.clock.now(), deps.laws.today());
  const failure = await tryOnce(deps, way, message);
  await deps.database.transaction((transaction) =>
    record(deps, transaction, 'source.outgoing-tested', source, actor, { arrived: failure === undefined }),
  );
  return failure;
}
