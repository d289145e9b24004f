import { expect } from 'chai';
import { createTurnstile } from '../../src/persistence/turnstile.js';
import { useDatabase } from '../support/database.js';

describe('同时要开始的事务,几个一起开始', () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  /** So many come, one after the other, and tell when they are through. */
  function come(pass: () => Promise<void>, names: readonly string[], through: string[]): Promise<void>[] {
    return names.map((name) => pass().then(() => void through.push(name)));
  }

  it('凑满八个,不等这一轮结束', async () => {
    const through: string[] = [];
    const all = come(createTurnstile(), [...'abcdefghij'], through);
    await Promise.all(all.slice(0, 8));
    expect(through).to.deep.equal([...'abcdefgh']);
    await Promise.all(all);
    expect(through).to.deep.equal([...'abcdefghij']);
  });

  it('凑不满的,这一轮结束就开始,一个不落,次序不变', async () => {
    const through: string[] = [];
    const pass = createTurnstile();
    void Promise.all(come(pass, ['a', 'b', 'c'], through));
    await Promise.resolve();
    expect(through).to.deep.equal([]);
    await turn();
    expect(through).to.deep.equal(['a', 'b', 'c']);
    void Promise.all(come(pass, ['d'], through));
    await turn();
    expect(through).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('一起开始的,一步一步并排走', async () => {
    const steps: string[] = [];
    const pass = createTurnstile();
    const one = async (name: string): Promise<void> => {
      await pass();
      steps.push(`${name}1`);
      await Promise.resolve();
      steps.push(`${name}2`);
    };
    await Promise.all([one('a'), one('b'), one('c')]);
    expect(steps).to.deep.equal(['a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
  });

  describe('数据库', () => {
    const database = useDatabase();

    it('只有一个事务,不等别人', async () => {
      await database().transaction((tx) => tx.query('SELECT 1'));
      let turned = false;
      setImmediate(() => (turned = true));
      const before = await database().transaction(() => Promise.resolve(turned));
      expect(before).to.equal(false);
    });

    it('有别的事务在做,等到这一轮结束,与同来的一起', async () => {
      const asking = () => database().transaction((tx) => tx.query('SELECT 1'));
      await Promise.all([asking(), asking(), asking()]);
      const begun: string[] = [];
      await database().transaction(async (outer) => {
        await outer.query('SELECT 1');
        let turned = false;
        setImmediate(() => (turned = true));
        const inner = (name: string) =>
          database().transaction(async (tx) => {
            begun.push(`${name} ${turned}`);
            await tx.query('SELECT 1');
          });
        await Promise.all([inner('a'), inner('b')]);
      });
      expect(begun).to.deep.equal(['a true', 'b true']);
    });
  });
});
