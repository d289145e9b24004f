/** The auditor's bundle: genuine ones are valid; changes made to the database with all rights are found and named. */
import { expect } from 'chai';
import { leafHash } from '../../src/accountability/trail/chain.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { refusalFrom } from '../support/refusal.js';
import { asSuperuser as tamper, attacksIn } from '../support/tamper.js';
import { useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';
import { note, noteOnCase } from '../support/note.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const thief = ed25519Signer('test.example/trail', Buffer.alloc(32, 8));

describe('审计包', () => {
  const system = useSystem();
  let cases = 0;

  /** A case with some entries, all with their places. */
  const newCase = async (): Promise<string> => {
    const businessKey = `审计-${(cases += 1)}`;
    const at = system().clock.now();
    await system().executor.execute([
      {
        kind: 'start',
        businessKey,
        process: 'handling',
        realm: 'live',
        at,
        variables: {
          channel: 'phone',
          kind: 'help',
          wishesReply: true,
          confidential: false,
          unit: '市城管局',
        },
      },
    ]);
    await noteOnCase(
      system(),
      businessKey,
      ['一', '二', '三'].map((text) => note(businessKey, at, text)),
    );
    await exported(businessKey);
    return businessKey;
  };
  const exported = (no: string, by = signer) =>
    exportedBundle(system(), by, { no, requester: '审计员甲', purpose: '年度审计' });

  const asSuperuser = (...statements: readonly (readonly [string, ...unknown[]])[]): Promise<void> =>
    tamper(system().database.url, ...statements);
  const rows = async (no: string) =>
    system().database.transaction((transaction) =>
      transaction.query<{ seq: number; body: Buffer }>(
        'SELECT seq, body FROM hotline.trail_entry WHERE stream = $1 ORDER BY seq',
        [no],
      ),
    );
  const edit = 'UPDATE trail_entry SET body = $3, leaf = $4 WHERE stream = $1 AND seq = $2';

  it('真的包成立，也用核验人自己的公钥成立；导出记入轨迹（第二十二条、第四十条）', async () => {
    const no = await newCase();
    const bytes = await exported(no);
    expect(attacksIn(bytes)).to.deep.equal([]);
    expect(attacksIn(bytes, `log ${signer.vkey}\nquorum none\n`)).to.deep.equal([]);
    const { database, trail } = system();
    const exports = await database.transaction((transaction) => plainTrails(trail, transaction, ['exports']));
    expect(exports.get('exports')?.at(-1)?.body).to.include({
      case: no,
      requester: '审计员甲',
      purpose: '年度审计',
    });
  });

  it('没有的工单不导出，也不记导出', async () => {
    expect(await refusalFrom(exported('没有'))).to.include({ code: 'case.not-found' });
  });

  it('改动一条的内容：改动了条目的内容', async () => {
    const no = await newCase();
    await exported(no);
    const [, second] = await rows(no);
    const body = Buffer.from(second?.body.toString().replace('一', '壹') ?? '');
    await asSuperuser([edit, no, 2, body, leafHash(body)]);
    expect(attacksIn(await exported(no)))
      .to.include('edited')
      .and.not.include('rechained');
  });

  it('改动一条并重算其后整条链：点名重算', async () => {
    const no = await newCase();
    await exported(no);
    let prev: Buffer | undefined;
    const statements: [string, ...unknown[]][] = [];
    for (const { seq, body } of await rows(no)) {
      if (seq < 2) continue;
      const text = body.toString().replace('一', '壹');
      const changed = Buffer.from(
        prev ? text.replace(/"prev":"[0-9a-f]+"/, `"prev":"${prev.toString('hex')}"`) : text,
      );
      prev = leafHash(changed);
      statements.push([edit, no, seq, changed, prev]);
    }
    await asSuperuser(...statements, ['UPDATE trail_head SET leaf = $2 WHERE stream = $1', no, prev]);
    const attacks = attacksIn(await exported(no));
    expect(attacks[0]).to.equal('rechained');
  });

  it('删去一条：点名删去', async () => {
    const no = await newCase();
    await exported(no);
    await asSuperuser(['DELETE FROM trail_entry WHERE stream = $1 AND seq = 2', no]);
    expect(attacksIn(await exported(no))).to.include('deleted');
  });

  it('调换两条：点名调换', async () => {
    const no = await newCase();
    await exported(no);
    const swap = 'UPDATE trail_leaf SET seq = $3 WHERE stream = $1 AND seq = $2';
    await asSuperuser([swap, no, 2, 1000], [swap, no, 3, 2], [swap, no, 1000, 3]);
    expect(attacksIn(await exported(no))).to.include('reordered');
  });

  it('流程图被换：不是当时的那一份', async () => {
    const no = await newCase();
    await asSuperuser(["UPDATE definition SET xml = xml || ' ' WHERE key = 'handling'"]);
    expect(attacksIn(await exported(no))).to.deep.equal(['diagram-changed']);
    await asSuperuser(["UPDATE definition SET xml = left(xml, -1) WHERE key = 'handling'"]);
  });

  it('换了签名的密钥：程序不肯签，核验点名换钥', async () => {
    const no = await newCase();
    expect(await refusalFrom(exported(no, thief))).to.include({ code: 'trail.key' });
    const bytes = await exported(no);
    expect(attacksIn(bytes, `log ${thief.vkey}\nquorum none\n`)).to.deep.equal(['key-swapped']);
    await asSuperuser(['DELETE FROM trail_checkpoint']);
    const resigned = await exported(no, thief);
    expect(attacksIn(resigned)).to.deep.equal([]);
    expect(attacksIn(resigned, `log ${signer.vkey}\nquorum none\n`)).to.deep.equal(['key-swapped']);
    await asSuperuser(['DELETE FROM trail_checkpoint']);
  });
});
