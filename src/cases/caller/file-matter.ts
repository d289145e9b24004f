/** A matter that a citizen files: accepted as from any other channel, and waits to be registered. */
import { civilDateOf } from '../../kernel/civil-date.js';
import { titleOf } from '../../channel/index.js';
import { Refusal, type Vault } from '../../kernel/index.js';
import { channelBy } from '../../kernel/kinds.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { checkedPlace, keepKey, workOrderOfKey, type GivenPlace, type WorkOrder } from '../../sheet/index.js';
import { districtAt } from '../../sheet/districts/index.js';
import { acceptIntake, type IntakeDeps } from '../intake/accept-intake.js';
import { theCaller } from './acts.js';
import type { FilingSettings } from './filing-settings.js';
import { spend, type Work } from './work.js';

export interface FilingDeps extends IntakeDeps {
  readonly database: Database;
  readonly filing: FilingSettings;
  readonly vault: Vault;
  readonly identity: IntakeDeps['identity'] & {
    readonly callers: {
      issueIn(transaction: Transaction, no: string, key?: string): Promise<string>;
      issuedIn(transaction: Transaction, no: string, key: string): Promise<string | null>;
      assertMayFile(address: string): Promise<void>;
    };
  };
}

export type Matter = Pick<
  WorkOrder,
  | 'kind'
  | 'content'
  | 'callerName'
  | 'callerContact'
  | 'district'
  | 'replyWanted'
  | 'confidential'
  | 'language'
  | 'messagesWanted'
> & { readonly title: string | null; readonly place: Omit<GivenPlace, 'ofCaller'> | null };

export interface Filed {
  readonly no: string;
  /** Null if it was filed before, and the code has been replaced since. */
  readonly callerSecret: string | null;
  readonly isNew: boolean;
}

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
  matter: Matter,
  by: { readonly key: string; readonly work: Work | undefined; readonly address: string },
): Promise<Filed> {
  if (!deps.filing.filing) {
    throw new Refusal('filing.closed', '这里没有开放提出诉求', { remedy: '请拨打 12345' });
  }
  await deps.identity.callers.assertMayFile(by.address);
  const { callers } = deps.identity;
  // What is kept of the key gives nobody the code.
  const key = `caller ${deps.vault.match(`filing ${by.key}`).toString('hex')}`;
  return deps.database.transaction(async (transaction) => {
    const earlier = await workOrderOfKey(transaction, deps.vault, key, matter);
    if (earlier !== undefined) {
      const callerSecret = await callers.issuedIn(transaction, earlier, by.key);
      return { no: earlier, callerSecret, isNew: false };
    }
    await spend(deps, transaction, by.work);
    const no = await open(deps, transaction, matter);
    await keepKey(transaction, deps.vault, key, matter, no);
    return { no, callerSecret: await callers.issueIn(transaction, no, by.key), isNew: true };
  });
}

async function open(deps: FilingDeps, transaction: Transaction, matter: Matter): Promise<string> {
  const receivedAt = deps.clock.now();
  const { title, place: where, ...rest } = matter;
  const law = deps.laws.today();
  const place = await checkedPlace(
    where,
    { callerAddress: null, confidential: matter.confidential },
    (point) => districtAt(transaction, point),
    law,
  );
  const [no = ''] = await deps.sheets.nextNumbers(transaction, civilDateOf(receivedAt), 1);
  await acceptIntake(
    deps,
    transaction,
    {
      ...rest,
      ...{
        no,
        realm: 'live',
        externalNo: null,
        channel: channelBy('page', law),
        callerAddress: null,
        receivedAt,
        place,
      },
      title: title ?? titleOf(matter.content),
      // Nobody said which: the boundaries do.
      district: matter.district ?? (place?.within || null),
    },
    { class: undefined, answers: {}, performer: { actor: theCaller, does: () => false } },
  );
  return no;
}
