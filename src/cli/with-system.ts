import type { System } from '../main.js';

/** Opens the system, prints the command's answer, closes it. */
export async function withSystem(verb: string, work: (system: System) => Promise<string>): Promise<void> {
  process.stdout.write(`${await withOpenedSystem(verb, work)}\n`);
}

export async function withOpenedSystem<Answer>(
  verb: string,
  work: (system: System) => Promise<Answer>,
): Promise<Answer> {
  const { systemClock } = await import('../kernel/index.js');
  const { openSystem } = await import('../main.js');
  const { databaseSettings } = await import('../persistence/index.js');
  const system = await openSystem({
    clock: systemClock,
    applicationName: `hotline ${verb}`,
    ...databaseSettings(),
  });
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}
