/**
 * Migration of running cases to another version: proposed with a mapping, previewed (which cases cannot be migrated,
 * and why), approved by another person, executed in batches.
 */
import { elementsOf, processOf, type DeployedDefinition, type Executor } from '../../engine/index.js';
import { addJobs } from '../../platform/jobs/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  approvers,
  editors,
  twoPersonDecision,
  type Officer,
  type Person,
} from '../../law/two-person/index.js';
import type { GovernanceDeps } from './drafts.js';
import { migrateJob } from './migrate-job.js';
import { movability, type LookingDeps, type MoveReport } from './running-cases.js';
import {
  addCaseMigration,
  lockCaseMigration,
  noteStep,
  readCaseMigration,
  type CaseMigration,
} from './store/case-migration-store.js';

export type CaseMigrationDeps = Pick<GovernanceDeps, 'trail' | 'clock'> &
  LookingDeps & { readonly executor: Executor };

/**
 * @returns its number
 * @throws {Refusal} `definition.not-found`; `migration.invalid` for a mapping with unknown elements
 */
export async function proposeMigration(
  deps: CaseMigrationDeps,
  request: Pick<CaseMigration, 'key' | 'from' | 'to' | 'mapping' | 'reason'>,
  by: Person,
): Promise<number> {
  const { key, from, to, mapping, reason } = request;
  const at = deps.clock.now();
  if (from === to) throw invalid('换的是同一版', 'to', '写两个不同的版次');
  return deps.database.transaction(async (transaction) => {
    const [old, fresh] = [
      await deps.definitions.named(transaction, key, from),
      await deps.definitions.named(transaction, key, to),
    ];
    assertMapping(mapping, old, fresh);
    const id = await addCaseMigration(transaction, {
      key,
      fromVersion: from,
      toVersion: to,
      mapping,
      reason,
      by,
      at,
    });
    await enter(deps, transaction, key, 'proposed', by, {
      migration: id,
      from,
      to,
      mapping: { ...mapping },
      reason,
    });
    return id;
  });
}

/** @throws {Refusal} `migration.own` for the proposer; `migration.state`, `migration.not-found` */
export async function approveMigration(
  deps: CaseMigrationDeps,
  id: number,
  comment: string,
  by: Officer,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const migration = await lockCaseMigration(transaction, id);
    migrationDecision.decide(migration, 'approve', by);
    await noteStep(transaction, id, 'approved', by, deps.clock.now());
    await enter(deps, transaction, migration.key, 'approved', by, { migration: id, reason: comment });
  });
}

/** @throws {Refusal} `migration.state`, `migration.not-found` */
export async function withdrawMigration(
  deps: CaseMigrationDeps,
  id: number,
  reason: string,
  by: Officer,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const migration = await lockCaseMigration(transaction, id);
    migrationDecision.decide(migration, 'withdraw', by, reason);
    await noteStep(transaction, id, 'withdrawn', by, deps.clock.now());
    await enter(deps, transaction, migration.key, 'withdrawn', by, { migration: id, reason });
  });
}

/** Queues the work. @throws {Refusal} `migration.state`; `migration.invalid` if the new version is not in force */
export async function runMigration(deps: CaseMigrationDeps, id: number, by: Officer): Promise<void> {
  const at = deps.clock.now();
  await deps.database.transaction(async (transaction) => {
    const migration = await lockCaseMigration(transaction, id);
    migrationDecision.decide(migration, 'start', by);
    await deps.definitions.prepare(transaction, [], [migration.from, migration.to]);
    if (deps.definitions.inForce(migration.key, at)?.id !== migration.to) {
      throw invalid(
        `第 ${migration.toVersion} 版现在不是现行的一版`,
        'to',
        '工单只换到现行的一版；等它生效，或者另行提出',
      );
    }
    await noteStep(transaction, id, 'started', by, at);
    await enter(deps, transaction, migration.key, 'started', by, { migration: id });
    addJobs(transaction, migrateJob, [{ payload: { migration: id }, key: `${migrateJob.name} ${id}` }]);
  });
}

/** Previews the present state. @throws {Refusal} `migration.not-found` */
export async function previewMigration(deps: CaseMigrationDeps, id: number): Promise<MoveReport> {
  const { from, to, mapping } = await deps.database.transaction(async (transaction) => {
    const migration = await readCaseMigration(transaction, id);
    await deps.definitions.prepare(transaction, [], [migration.from, migration.to]);
    return migration;
  });
  return movability(deps, { from: [from], to, mapping }, deps.clock.now());
}

function assertMapping(
  mapping: { readonly [element: string]: string },
  old: DeployedDefinition,
  fresh: DeployedDefinition,
): void {
  const [before, after] = [idsOf(old), idsOf(fresh)];
  for (const [from, to] of Object.entries(mapping)) {
    if (!before.has(from)) {
      throw invalid(`第 ${old.version} 版没有元素“${from}”`, `mapping.${from}`, '左边写旧版的元素');
    }
    if (!after.has(to)) {
      throw invalid(`第 ${fresh.version} 版没有元素“${to}”`, `mapping.${from}`, '右边写新版的元素');
    }
  }
}

function idsOf({ definition }: DeployedDefinition): ReadonlySet<string> {
  const { nodes, flows } = elementsOf(processOf(definition));
  return new Set([...nodes, ...flows].map(({ id }) => id ?? ''));
}

type Decided = Pick<CaseMigration, 'id' | 'state' | 'login' | 'actor'>;

export const migrationDecision = twoPersonDecision({
  matter: (one: Decided) => ({ ...one, name: `第 ${one.id} 次换版`, authors: [one] }),
  late: { code: 'migration.state', remedy: '要另换的，另行提出' },
  states: {
    proposed: ['等待批准', '先由提出人以外的人批准'],
    approved: ['已批准'],
    withdrawn: ['已撤回'],
    running: ['正在进行'],
    finished: ['已完成'],
  },
  deeds: {
    approve: { title: '批准', in: ['proposed'], to: 'approved', by: 'approver', roles: approvers },
    withdraw: {
      ...{ title: '撤回', in: ['proposed', 'approved'], to: 'withdrawn' },
      roles: [...editors, ...approvers],
    },
    start: { title: '开始', in: ['approved'], to: 'running', roles: approvers },
  },
  own: { code: 'migration.own', wrote: '提出', remedy: '由他人批准' },
});

const invalid = (detail: string, where: string, remedy: string): Refusal =>
  new Refusal('migration.invalid', detail, { where, remedy });

async function enter(
  { trail, clock }: Pick<CaseMigrationDeps, 'trail' | 'clock'>,
  transaction: Transaction,
  key: string,
  step: 'proposed' | 'approved' | 'withdrawn' | 'started',
  by: Person,
  body: JsonObject,
): Promise<void> {
  const at = clock.now();
  await trail.append(transaction, [
    {
      stream: `definition:${key}`,
      type: `migration.${step}`,
      at,
      body: { actor: by.actor, login: by.login, ...body },
    },
  ]);
}
