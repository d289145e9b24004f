import { journalPage } from '../../accountability/index.js';
import { periodOf } from '../../cases/index.js';
import type { Viewer } from '../../identity/index.js';
import type { accountJournalOperations } from '../contract/account-journal.js';
import type { accountOperations } from '../contract/account.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { accountView } from '../views/account-view.js';

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
