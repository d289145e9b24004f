import type { System } from '../main.js';

/** Opens the system for one verb, prints what it answers, closes it. */
export async function withSystem(verb: string, work: (system: System) => Promise<string>): Promise<void> {
  const { systemClock } = await import('../kernel/index.js');
  const { openSystem } = await import('../main.js');
  const { databaseSettings } = await import('../persistence/index.js');
  const system = await openSystem({
    clock: systemClock,
    applicationName: `hotline ${verb}`,
    ...databaseSettings(),
  });
  try {
    process.stdout.write(`${await work(system)}\n`);
  } finally {
    await system.close();
  }
}
