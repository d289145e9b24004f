/**
 * A program that gives entries their places, for tests that kill it: `sequencer-program.ts URL STEP` dies by its own
 * SIGKILL just before statement number STEP of the round. It exits with 0 where the round has fewer statements.
 */
import { sequence } from '../../src/accountability/index.js';
import { openDatabase, type Database } from '../../src/persistence/index.js';

const [url = '', step = ''] = process.argv.slice(2);
const database = await openDatabase({ applicationName: 'sequencer', url });
let left = Number(step);

const dieAtStep = (): void => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};

const mortal: Database = {
  ...database,
  transaction: (work) =>
    database.transaction(async (transaction) => {
      const result = await work({
        ...transaction,
        query: (sql, parameters) => {
          dieAtStep();
          return transaction.query(sql, parameters);
        },
        write: (name, sql, parameters) => {
          dieAtStep();
          transaction.write(name, sql, parameters);
        },
      });
      dieAtStep();
      return result;
    }),
};

await sequence(mortal);
await database.close();
