/** `kill -9` of the writer and the signer of the trail, at every step; then the whole trail is verified. */
import { expect } from 'chai';
import { sequence, signCheckpoint, verifyTrail } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { killedAt } from '../support/killed-at.js';
import { useSystem } from '../support/system.js';
import { note } from '../support/note.js';

const signer = {
  ...ed25519Signer('test.example/trail', Buffer.alloc(32, 7)),
  second: sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9)),
};

describe('轨迹：kill -9', () => {
  const system = useSystem();
  const verified = async (): Promise<void> => {
    await sequence(system().database);
    await signCheckpoint({ ...system(), signer });
    expect((await verifyTrail(system())).findings).to.deep.equal([]);
  };
  const count = async (sql: string, ...values: unknown[]): Promise<number> => {
    const [row] = await system().database.transaction((transaction) =>
      transaction.query<{ count: number }>(`SELECT count(*) AS count FROM hotline.${sql}`, values),
    );
    return row?.count ?? 0;
  };

  it('在每一步杀掉办事的程序：要么工单、条目、封存的文字都有，要么都没有，轨迹成立', async () => {
    const steps = await untilItLives('writer-program.ts', async (step, lived) => {
      const no = `写-${step}`;
      for (const table of [
        'process_case WHERE business_key',
        'trail_head WHERE stream',
        'sealed_value WHERE stream',
      ])
        expect(await count(`${table} = $1`, no), `${table} ${no}`).to.equal(lived ? 1 : 0);
      expect((await count('trail_entry WHERE stream = $1', no)) > 0).to.equal(lived);
    });
    expect(steps).to.be.above(4);
    await verified();
  }).timeout(280_000);

  it('在每一步杀掉排号、签名、写清单的程序：下一个接着做，轨迹成立', async () => {
    const { database, trail, clock } = system();
    const steps = await untilItLives('sequencer-program.ts', async (step) => {
      await database.transaction((transaction) =>
        trail.append(
          transaction,
          Array.from({ length: 50 }, (_, at) => note(`排-${at % 7}`, clock.now(), String(step))),
        ),
      );
    });
    expect(steps).to.be.above(20);
    expect(await count('trail_sm_checkpoint')).to.be.above(0);
    expect(await count('manifest_stream')).to.be.above(0);
    await verified();
  }).timeout(280_000);

  /** Kills one program after the other, each a statement later, until one completes. @returns how many were killed */
  async function untilItLives(
    program: string,
    seen: (step: number, lived: boolean) => Promise<void>,
  ): Promise<number> {
    for (let step = 1; ; step += 1) {
      const ended = await killedAt(program, system().database.url, step, JSON.stringify(system().ring));
      expect(ended).to.be.oneOf(['SIGKILL', 0]);
      await seen(step, ended === 0);
      if (ended === 0) return step;
    }
  }
});
