/** Whether the hotline's own message informs the caller of a deed, in their channel and language. */
import { wayBack } from '../../channel/index.js';
import type { CaseFile } from '../../engine/index.js';
import type { Vault } from '../../kernel/index.js';
import { canReach, type Occasions } from '../../channel/message/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { PolicyKeeper } from '../../law/policy/index.js';
import type { Sheets } from '../../sheet/index.js';

export interface ToldByMessageDeps {
  readonly occasions: Occasions;
  readonly policies: PolicyKeeper;
  readonly sheets: Sheets;
  readonly vault: Vault;
}

export async function isToldByMessage(
  { occasions, policies, sheets, vault }: ToldByMessageDeps,
  transaction: Transaction,
  file: CaseFile,
  deed: string,
): Promise<boolean> {
  const occasion = occasions.all.find(({ on }) => on.some((one) => one.deed === deed));
  await policies.refresh(transaction);
  if (!occasion || policies.at(file.startedAt).value(occasion.policy) !== 'on') return false;
  const sheet = await sheets.find(transaction, file.businessKey);
  if (!sheet?.messagesWanted || sheet.callerContact === null) return false;
  const way = await wayBack(transaction, vault, file.businessKey);
  return way !== undefined && canReach(way, sheet.callerContact);
}
