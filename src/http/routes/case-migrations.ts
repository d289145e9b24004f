import {
  approveMigration,
  listCaseMigrations,
  listStayed,
  migrationDecision,
  previewMigration,
  proposeMigration,
  readCaseMigration,
  runMigration,
  withdrawMigration,
  type CaseMigration,
} from '../../design/governance/index.js';
import type { Officer } from '../../law/two-person/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { caseMigrationOperations } from '../contract/case-migration.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

const mostListed = 200;

export function caseMigrationHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof caseMigrationOperations> {
  const detail = (id: number, viewer: Officer) => async (transaction: Transaction) => {
    const migration = await readCaseMigration(transaction, id);
    const left = await listStayed(transaction, id, mostListed);
    const open = migration.state === 'proposed' || migration.state === 'approved';
    return async () => ({
      ...migrationView(migration),
      possible: migrationDecision.possible(migration, viewer),
      preview: open ? await previewMigration(deps, id) : null,
      left,
    });
  };
  const after = async (act: Promise<void>, id: number, viewer: Officer) => {
    await act;
    return detail(id, viewer);
  };
  return {
    listMigrations: async (_, transaction) => ({
      items: (await listCaseMigrations(transaction)).map(migrationView),
    }),
    proposeMigration: async ({ viewer, body }) => detail(await proposeMigration(deps, body, viewer), viewer),
    readMigration: ({ viewer, params: { id } }) => detail(id, viewer),
    approveMigration: ({ viewer, params: { id }, body }) =>
      after(approveMigration(deps, id, body.comment, viewer), id, viewer),
    withdrawMigration: ({ viewer, params: { id }, body }) =>
      after(withdrawMigration(deps, id, body.reason, viewer), id, viewer),
    runMigration: ({ viewer, params: { id } }) => after(runMigration(deps, id, viewer), id, viewer),
  };
}

const migrationView = ({ fromVersion: from, toVersion: to, ...one }: CaseMigration) => ({ ...one, from, to });
