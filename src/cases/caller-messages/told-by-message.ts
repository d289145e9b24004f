/** Whether the hotline's own message informs the caller of a deed, in their channel and language. */
import { wayBack } from '../../channel/index.js';
import type { CaseFile } from '../../engine/index.js';
import { canReach } from '../../channel/message/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Using } from '../parts.js';

export type ToldByMessageDeps = Using<'occasions' | 'policies' | 'sheets' | 'vault'>;

export async function isToldByMessage(
  { occasions, policies, sheets, vault }: ToldByMessageDeps,
  transaction: Transaction,
  file: CaseFile,
  deed: string,
): Promise<boolean> {
  const occasion = occasions.all.find(({ on }) => on.some((one) => 'deed' in one && one.deed === deed));
  await policies.refresh(transaction);
  if (!occasion || policies.at(file.startedAt).value(occasion.policy) !== 'on') return false;
  const sheet = await sheets.find(transaction, file.businessKey);
  if (!sheet?.messagesWanted || sheet.callerContact === null) return false;
  const way = await wayBack(transaction, vault, file.businessKey);
  return way !== undefined && canReach(way, sheet.callerContact);
}
