import { toShanghaiIso } from '../../kernel/civil-date.js';
import {
  approveMigration,
  listCaseMigrations,
  listStayed,
  previewMigration,
  proposeMigration,
  readCaseMigration,
  runMigration,
  withdrawMigration,
  type CaseMigration,
} from '../../design/governance/index.js';
import type { caseMigrationOperations } from '../contract/case-migration.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { personOf } from '../views/draft-view.js';

const mostListed = 200;

export function caseMigrationHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof caseMigrationOperations> {
  const { database } = deps;
  const detail = async (id: number) => {
    const { migration, left } = await database.transaction(async (transaction) => ({
      migration: await readCaseMigration(transaction, id),
      left: await listStayed(transaction, id, mostListed),
    }));
    const open = migration.state === 'proposed' || migration.state === 'approved';
    const preview = open ? await previewMigration(deps, id) : null;
    return {
      ...migrationView(migration),
      preview: preview && {
        ...preview,
        hindrances: preview.hindrances.map((one) => ({ ...one, examples: [...one.examples] })),
      },
      left,
    };
  };
  const after = async (act: Promise<void>, id: number) => {
    await act;
    return { status: 200, body: await detail(id) } as const;
  };
  return {
    listMigrations: async () => {
      const found = await database.transaction(listCaseMigrations);
      return { status: 200, body: { items: found.map(migrationView) } };
    },
    proposeMigration: async ({ viewer, body }) => ({
      status: 201,
      body: await detail(await proposeMigration(deps, body, personOf(viewer))),
    }),
    readMigration: async ({ params: { id } }) => ({ status: 200, body: await detail(id) }),
    approveMigration: ({ viewer, params: { id }, body }) =>
      after(approveMigration(deps, id, body.comment, personOf(viewer)), id),
    withdrawMigration: ({ viewer, params: { id }, body }) =>
      after(withdrawMigration(deps, id, body.reason, personOf(viewer)), id),
    runMigration: ({ viewer, params: { id } }) => after(runMigration(deps, id, personOf(viewer)), id),
  };
}

function migrationView(one: CaseMigration) {
  const { id, key, fromVersion, toVersion, mapping, reason, state, actor, approvedBy, startedBy } = one;
  return {
    id,
    key,
    from: fromVersion,
    to: toVersion,
    mapping: { ...mapping },
    reason,
    state,
    actor,
    approvedBy,
    startedBy,
    proposedAt: toShanghaiIso(one.proposedAt),
    finishedAt: one.finishedAt && toShanghaiIso(one.finishedAt),
    moved: one.moved,
    stayed: one.stayed,
  };
}
