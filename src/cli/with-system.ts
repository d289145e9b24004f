import type { System } from '../main.js';

/** Opens the system, prints the command's answer, closes it. */
export async function withSystem(
  verb: string,
  work: (system: System) => Promise<string>,
  options: OpeningOptions = {},
): Promise<void> {
  process.stdout.write(`${await withOpenedSystem(verb, work, options)}\n`);
}

interface OpeningOptions {
  /** A database without the system's data is refused and stays as it is. */
  readonly existing?: boolean;
}

export async function withOpenedSystem<Answer>(
  verb: string,
  work: (system: System) => Promise<Answer>,
  options: OpeningOptions = {},
): Promise<Answer> {
  const { systemClock } = await import('../kernel/index.js');
  const { openSystem } = await import('../main.js');
  const { databaseSettings } = await import('../platform/database/index.js');
  const system = await openSystem({
    clock: systemClock,
    applicationName: `hotline ${verb}`,
    ...databaseSettings(),
    ...options,
  });
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}
