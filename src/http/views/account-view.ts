/** An entry of `accounts` or `refusals` as one sentence. */
import type { Said } from '../contract/operation.js';
import { actorOf, addressOf, subjectOf } from '../../accountability/events/index.js';
import type { KeptEntry } from '../../accountability/index.js';
import { entryTitle } from '../../cases/index.js';
import { refusals, type RefusalCode } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { accountJournalOperations } from '../contract/account-journal.js';
import { operations, type Operation } from '../contract/operations.js';
import { saidUnder } from '../contract/said-by-law.js';

type Page = Said<
  (typeof accountJournalOperations)['readAccountJournal']['answers'][200]['schema']
>['items'][number];

export const accountView = (entry: KeptEntry, law: Law): Page => ({
  seq: entry.seq,
  type: entry.type === 'unread' ? entry.claimedType : entry.type,
  title: titleOf(entry, law),
  at: entry.at,
  actor: actorOf(entry) ?? null,
  of: subjectOf(entry) || null,
  address: addressOf(entry) ?? null,
  hash: entry.leaf,
});

function titleOf(entry: KeptEntry, law: Law): string {
  const times = 'body' in entry && 'count' in entry.body ? Number(entry.body.count) : 1;
  return times > 1 ? `${oneTitle(entry, law)}(一分钟里 ${times} 次)` : oneTitle(entry, law);
}

function oneTitle(entry: KeptEntry, law: Law): string {
  if (entry.type !== 'access.refused')
    return entryTitle(entry, { elements: new Map(), processName: (key) => key });
  const { operation: id, code } = entry.body;
  const asked = (operations as Readonly<Record<string, Operation>>)[id]?.summary ?? id;
  return `${refusals[code as RefusalCode]?.title ?? code}:${saidUnder(law, asked)}`;
}
