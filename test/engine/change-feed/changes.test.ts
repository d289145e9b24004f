import { expect } from 'chai';
import pg from 'pg';
import { createChanges, type News } from '../../../src/engine/change-feed/index.js';
import { useSystem } from '../../support/system.js';
import { note } from '../../support/note.js';

describe('live changes', () => {
  const system = useSystem({ shipped: false });

  /** Appends an entry of that stream; the transaction fails where it is told to. */
  async function step(stream: string, fails = false): Promise<void> {
    const { database, trail } = system();
    const journal = createChanges(database).watching(trail);
    await database.transaction(async (transaction) => {
      await journal.append(transaction, [note(stream, new Date(0))]);
      if (fails) throw new Error('not committed');
    });
  }

  it('hears in one program what another committed, and nothing of what was rolled back', async () => {
    const heard: News[] = [];
    let wake = (): void => undefined;
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
    };
    const stop = createChanges(system().database).subscribe((news) => {
      heard.push(news);
      wake();
    });
    await until(() => heard.length > 0);
    expect(heard, 'once the connection is there: anything may have been missed').to.deep.equal([undefined]);
    await step('20260302-000001', true).catch(() => undefined);
    await step('20260302-000002');
    await until(() => heard.length > 1);
    expect(heard.slice(1)).to.deep.equal([['20260302-000002']]);
    stop();
  });

  it('comes back by itself when its connection is cut, and says that something may have been missed', async () => {
    const { database } = system();
    let count = 0;
    let wake = (): void => undefined;
    const told = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    let next = told();
    const stop = createChanges(database).subscribe(() => {
      count += 1;
      wake();
    });
    await next;
    next = told();
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'LISTEN "hotline%'`,
    );
    await owner.end();
    await next;
    expect(count).to.equal(2);
    stop();
  });
});
