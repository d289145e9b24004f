/** The manifest is an entry like others: verification and bundles report an altered one, and do not fail on it. */
import { expect } from 'chai';
import { signCheckpoint, sequence, verifyTrail, writeManifest } from '../../src/accountability/index.js';
import { link, origin, type Head } from '../../src/accountability/trail/chain.js';
import { note } from '../support/note.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { useSystem } from '../support/system.js';
import { asSuperuser, attacksIn } from '../support/tamper.js';

describe('每日清单被改动', () => {
  const system = useSystem({ shipped: false });
  const stream = '清单-1';
  const order = { no: stream, requester: '审计员甲', purpose: '追查' };
  const signed = async (): Promise<void> => {
    await sequence(system().database);
    await signCheckpoint({ ...system(), signer: await system().signer() });
  };
  const alter = (to: string) =>
    asSuperuser(system().database.url, [
      `UPDATE trail_entry SET body = ${to} WHERE stream = 'manifest' AND seq = 1`,
    ]);
  const attacks = async () => (await verifyTrail(system())).findings.map(({ attack }) => attack);

  before(async () => {
    await system().database.transaction((transaction) =>
      system().trail.append(transaction, [note(stream, system().clock.now())]),
    );
    await sequence(system().database);
    await writeManifest(system());
    await signed();
  });

  it('改成读不出来的：核验点名改动，不因此做不下去；审计包照样导出，核验程序不认它', async () => {
    await alter('set_byte(body, 0, 122)');
    const { findings, facts, holds } = await verifyTrail(system());
    expect(holds).to.equal(false);
    expect(findings.map(({ detail }) => detail)).to.include('manifest 第 1 条的内容与其哈希不符');
    expect(facts.join()).to.include('没有可以据以核对的清单');
    expect(attacksIn(await exportedBundle(system(), await system().signer(), order))).to.not.have.length(0);
    await alter('set_byte(body, 0, 123)');
    expect(new Set(await attacks())).to.deep.equal(new Set(['unguarded']));
  });

  it('按规矩记下、却没有写明大小和根的清单：点名损坏', async () => {
    const { clock, database } = system();
    await database.transaction(async (transaction) => {
      const [head] = await transaction.query<Head>(
        `SELECT seq, leaf FROM trail_entry WHERE stream = 'manifest' ORDER BY seq DESC LIMIT 1`,
      );
      const { seq, at, leaf, body } = link(head ?? origin, 'manifest', 'trail.manifest', clock.now(), {
        size: '全部',
      });
      await transaction.query(
        `INSERT INTO trail_entry (stream, seq, at, type, leaf, body) VALUES ('manifest', $1, $2, 'trail.manifest', $3, $4)`,
        [seq, at, leaf, body],
      );
      await transaction.query(`UPDATE trail_head SET seq = $1, leaf = $2 WHERE stream = 'manifest'`, [
        seq,
        leaf,
      ]);
    });
    await signed();
    expect(await attacks()).to.include('damaged');
  });
});
