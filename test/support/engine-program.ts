/** A program that runs one round of the scheduler, and kills itself at a chosen statement. */
import { createVault, type KeyRing } from '../../src/identity/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { assemble, entities } from '../../src/main.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { mortal } from './killed-at.js';
import { testPremises } from './system.js';

export interface EngineRound {
  readonly url: string;
  readonly folder: string;
  readonly ring: KeyRing;
  /** Its clock's instant, ISO 8601. */
  readonly at: string;
  /** Number of the statement. */
  readonly step: number;
}

if (process.argv[1] === import.meta.filename) {
  const { url, folder, ring, at, step } = JSON.parse(process.argv[2] ?? '') as EngineRound;
  const database = mortal(await openDatabase({ applicationName: 'engine-program', url, entities }), step);
  const clock = { ...systemClock, now: () => new Date(at) };
  const { executor } = assemble(database, clock, createVault(ring), testPremises(folder));
  while ((await executor.startDue(10)) > 0);
  while ((await executor.spreadSignal(2)) > 0);
  while ((await executor.fireDue(10)) > 0);
  process.exit(0);
}
