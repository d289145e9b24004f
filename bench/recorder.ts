/**
 * Writes down what the engine writes to the database, transaction by transaction, so that bare `pg` can write the
 * very same rows again without an engine: no locking, no loading, no thinking.
 */
import type { Database, Transaction } from '#src/persistence/index.js';
import { createHolding } from '#src/persistence/together.js';

interface RecordedStatement {
  readonly name: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type RecordedTransaction = readonly RecordedStatement[];

/** Cases get their numbers from the database: written again, they must get the same ones. */
const openAgain = `
  INSERT INTO hotline.process_case (id, business_key, realm, runtime, variables, standing, started_at)
  OVERRIDING SYSTEM VALUE
  SELECT id, key, realm, runtime, '{}', '[[],[],[],null]', at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[]) AS start (key, realm, runtime, at, id)`;

export function recording(database: Database, log: RecordedTransaction[]): Database {
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (transaction) => {
        const statements: RecordedStatement[] = [];
        const holding = createHolding(({ name, text, values }) =>
          statements.push({ name, sql: text, parameters: values }),
        );
        const answer = await work(recorded(transaction, statements, holding));
        holding.release();
        log.push(statements);
        return answer;
      }),
  };
}

function recorded(
  transaction: Transaction,
  statements: RecordedStatement[],
  holding: ReturnType<typeof createHolding>,
): Transaction {
  return {
    query: (sql, parameters) => transaction.query(sql, parameters),
    prepared: async <Row>(name: string, sql: string, parameters?: readonly unknown[]) => {
      holding.release();
      const rows = await transaction.prepared<Row>(name, sql, parameters);
      if (name === 'case-open') {
        const ids = (rows as readonly { id: string }[]).map((row) => row.id);
        statements.push({
          name: 'case-open-again',
          sql: openAgain,
          parameters: [...(parameters ?? []), ids],
        });
      }
      return rows;
    },
    repository: (entity) => transaction.repository(entity),
    afterCommit: (effect) => transaction.afterCommit(effect),
    afterFailure: (effect) => transaction.afterFailure(effect),
    change: (change) => {
      transaction.change(change);
      holding.hold(change);
    },
    write: (name, sql, parameters) => {
      transaction.write(name, sql, parameters);
      if (name === 'case-hold' || name === 'calendar-hold') return;
      holding.release();
      statements.push({ name, sql, parameters: parameters ?? [] });
    },
  };
}
