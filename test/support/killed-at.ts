/** Programs that kill themselves at a chosen statement. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Database } from '../../src/platform/database/index.js';
import { builtTestProgram } from './built-program.js';

/**
 * A database that never sends statement number `step` or any later one: earlier statements have
 * been sent to PostgreSQL when the program dies. COMMIT counts as one.
 */
export function mortal(database: Database, step: number): Database {
  let left = step;
  const never = new Promise<never>(() => undefined);
  const dies = (): boolean => {
    left -= 1;
    // Statements of one turn leave together at its end.
    if (left === 0) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    return left <= 0;
  };
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (transaction) => {
        const result = await work({
          ...transaction,
          query: (sql, parameters) => (dies() ? never : transaction.query(sql, parameters)),
          prepared: (name, sql, parameters) => (dies() ? never : transaction.prepared(name, sql, parameters)),
          write: (name, sql, parameters) => {
            if (!dies()) transaction.write(name, sql, parameters);
          },
        });
        return dies() ? never : result;
      }),
  };
}

/**
 * @param program a file of this folder
 * @returns how it ended: a signal, or a code
 */
export async function killedAt(
  program: string,
  ...told: readonly (string | number)[]
): Promise<string | number | null> {
  const child = spawn(process.execPath, [await builtTestProgram(program), ...told.map(String)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal ?? code;
}
