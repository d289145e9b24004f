/** A whole system on a fresh real database, with a simulated clock. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'mocha';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { diskFiles } from '../../src/sheet/attachment/index.js';
import { deployShipped, exportFiles } from '../../src/cases/index.js';
import {
  createDefinitionStore,
  createExecutor,
  tokenRuntime,
  type Handlers,
} from '../../src/engine/index.js';
import { createDueDates } from '../../src/calendar/index.js';
import { recusedUnits, unitsOf } from '../../src/handlers/index.js';
import { createVault, newKeyRing, type KeyRing } from '../../src/identity/index.js';
import { movableClock, systemClock } from '../../src/kernel/index.js';
import { assemble, type Premises, type System } from '../../src/main.js';
import type { OpenOptions } from '../../src/platform/database/index.js';
import { useDatabase, type TestDatabase } from './database.js';

export interface TestSystem extends Omit<System, 'close' | 'clock'>, Premises {
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof movableClock>;
  /** The keys of its vault. */
  readonly ring: KeyRing;
}

export interface TestSystemOptions {
  /** Initial instant of the clock; `now` if a real server dates things meanwhile. */
  readonly at?: string;
  /** Deploys the five processes; true without it. */
  readonly shipped?: boolean;
  readonly database?: Partial<OpenOptions>;
  /** Other handlers than the shipped ones. */
  readonly handlers?: Handlers;
}

/** A key that tests know, and a folder of their own. */
export const testPremises = (folder: string): Premises => ({
  signer: () => Promise.resolve(ed25519Signer('test.example/trail', Buffer.alloc(32, 7))),
  exportFiles: exportFiles(folder),
  attachmentFiles: diskFiles(join(folder, 'attachments')),
  aside: join(folder, 'receiving'),
  // A taste: the whole takes minutes (scenarios.long.ts).
  mostOnBothEngines: 1000,
  mostWalks: 5,
});

/** For the tests of one `describe`. */
export function useSystem(options: TestSystemOptions = {}): () => TestSystem {
  const database = useDatabase(options.database);
  let system: TestSystem | undefined;
  let folder = '';
  before(async () => {
    const { at = '2026-03-02T10:00:00+08:00' } = options;
    const clock = movableClock(at === 'now' ? systemClock.now() : new Date(at));
    const ring = newKeyRing();
    folder = await mkdtemp(join(tmpdir(), 'hotline-system-'));
    const premises = testPremises(folder);
    const parts = assemble(database(), clock, createVault(ring), premises);
    system = { ...premises, ...parts, clock, ring, database: database() };
    if (options.handlers) system = { ...system, ...withHandlers(system, options.handlers) };
    if (options.shipped ?? true) await deployShipped(system);
  });
  after(async () => {
    system = undefined;
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (!system) throw new Error('the system is there only while the tests of this describe run');
    return system;
  };
}

function withHandlers(system: TestSystem, handlers: Handlers) {
  const definitions = createDefinitionStore(system);
  const executor = createExecutor({
    database: system.database,
    definitions,
    dueDates: createDueDates({ calendar: system.calendar.current }),
    handlers,
    laws: system.laws,
    policies: system.policies,
    partiesOf: unitsOf,
    barredFrom: recusedUnits,
    journal: system.trail,
    runtime: tokenRuntime,
    clock: system.clock,
    refresh: async (transaction) => {
      await system.calendar.refresh(transaction);
      await system.policies.refresh(transaction);
    },
    hold: system.calendar.hold,
  });
  return { definitions, executor, handlers };
}

/** The executor of a second program on the same database, with nothing in memory yet. */
export function anotherProgram(system: TestSystem): TestSystem['executor'] {
  return withHandlers(system, system.handlers).executor;
}

/** A handler table made in the test. */
export function handlersOf(table: { readonly [name: string]: ReturnType<Handlers['get']> }): Handlers {
  return { get: (name) => table[name], names: () => Object.keys(table) };
}
