import { journalPage, type KeptEntry } from '../../accountability/index.js';
import { periodOf, entryTitle } from '../../cases/index.js';
import type { Viewer } from '../../identity/index.js';
import type { accountJournalOperations } from '../contract/account-journal.js';
import type { accountOperations } from '../contract/account.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { actorOf, addressOf, subjectOf } from '../../accountability/events/index.js';
import { refusals, type RefusalCode } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { operations, type Operation } from '../contract/operations.js';
import { saidUnder } from '../contract/said-by-law.js';

export function accountHandlers({
  identity: { sessions },
  laws,
}: HttpDeps): Pick<Handlers, keyof typeof accountOperations | keyof typeof accountJournalOperations> {
  const sessionsOf = async ({ person }: Viewer, secret: string) => ({
    items: await sessions.listOf(person, secret),
  });
  return {
    listSessions: ({ viewer, origin: { secret = '' } }) => sessionsOf(viewer, secret),
    endSession: async ({ viewer, params: { id }, origin: { secret = '' } }) => {
      await sessions.endOne(viewer.person, id);
      return sessionsOf(viewer, secret);
    },
    readAccountJournal: async ({ query: { from, to, limit, ...asked } }, transaction) => {
      const period = periodOf(from, to);
      const rows = await journalPage(transaction, { ...asked, ...period, limit: limit + 1 });
      const law = laws.today();
      const items = rows.slice(0, limit).map((row) => accountView(row, law));
      return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
    },
  };
}

/** An entry of `accounts` or `refusals` as one sentence. */
const accountView = (entry: KeptEntry, law: Law) => ({
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
  return times > 1 ? `${oneTitle(entry, law)}（一分钟里 ${times} 次）` : oneTitle(entry, law);
}

function oneTitle(entry: KeptEntry, law: Law): string {
  if (entry.type !== 'access.refused')
    return entryTitle(entry, { elements: new Map(), processName: (key) => key, law });
  const { operation: id, code } = entry.body;
  const asked = (operations as Readonly<Record<string, Operation>>)[id]?.summary ?? id;
  return `${refusals[code as RefusalCode]?.title ?? code}：${saidUnder(law, asked)}`;
}
