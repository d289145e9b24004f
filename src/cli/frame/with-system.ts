import type { System } from '../../main.js';

interface Opening {
  /** True: a database without the system's data is refused and stays unchanged. */
  readonly existing?: boolean;
}

/** @param command name of the database sessions: `trail verify` */
export async function withSystem<Found>(
  command: string,
  work: (system: System) => Promise<Found>,
  opening: Opening = {},
): Promise<Found> {
  const { systemClock } = await import('../../kernel/index.js');
  const { openSystem } = await import('../../main.js');
  const { databaseSettings } = await import('../../platform/database/index.js');
  const system = await openSystem({
    clock: systemClock,
    applicationName: `hotline ${command}`,
    ...databaseSettings(),
    ...opening,
  });
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}
