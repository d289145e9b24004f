/** A second program beside a test's: on the same database and the same machine, with nothing in memory yet. */
import { createApp, listen } from '../../src/http/index.js';
import { createVault } from '../../src/identity/index.js';
import { silentLog } from '../../src/kernel/index.js';
import { assemble, entities, type System } from '../../src/main.js';
import { openDatabase } from '../../src/platform/database/index.js';
import type { TestSystem } from './system.js';

export interface SecondProgram {
  readonly program: Omit<System, 'close'>;
  readonly url: string;
  /** What it reported as unexpected. */
  readonly reported: readonly unknown[];
  stop(): Promise<void>;
}

export async function secondProgram(system: TestSystem): Promise<SecondProgram> {
  const database = await openDatabase({
    ...{ applicationName: 'second', entities, url: system.database.url },
  });
  const { signer, exportFiles, attachmentFiles, aside, clock, ring } = system;
  const premises = { signer, exportFiles, attachmentFiles, aside };
  const program = assemble(database, clock, createVault(ring), premises);
  const reported: unknown[] = [];
  const app = createApp({
    ...program,
    requests: { most: 1_000_000, withinSeconds: 60 },
    log: { ...silentLog, error: (_text, error) => reported.push(error) },
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    ...{ program, url: server.url, reported },
    stop: async () => {
      await server.close();
      await database.close();
    },
  };
}
