/** Links a sheet to the telephone call it came by, so that the recording can be found: one call, one sheet. */
import { Refusal, seal, type Vault } from '../../kernel/index.js';
import { restingOn } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { keepCall, workOrderOfCall } from '../../sheet/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import type { Using } from '../parts.js';

/** @throws {Refusal} `call.accepted`, which names the existing sheet of the call */
export async function assertCallIsNew(
  { vault }: { readonly vault: Vault },
  transaction: Transaction,
  call: string,
): Promise<void> {
  const no = await workOrderOfCall(transaction, vault, call);
  if (no === undefined) return;
  throw new Refusal('call.accepted', `这通来电已经受理为工单 ${no}`, {
    where: 'call',
    remedy: `打开工单 ${no}；同一通电话里说的另一件事，按“不记这通电话”再受理`,
  });
}

/** The call's id is sealed, because it may contain the caller's number. */
export async function linkCall(
  deps: Using<'clock' | 'executor' | 'laws' | 'vault'>,
  transaction: Transaction,
  { no, call, actor }: { readonly no: string; readonly call: string; readonly actor: string },
): Promise<void> {
  await keepCall(transaction, deps.vault, call, no);
  const file = await caseOf(deps, transaction, no);
  await amendCase(deps, transaction, file, {
    type: 'call.linked',
    body: { provisions: restingOn('sheet', deps.laws.ofCase(file)) },
    sealed: [seal('call', call)],
    actor,
  });
}
