/** The file of an accountability case: what is taken out of it is missed, in the bundle and in the database. */
import { expect } from 'chai';
import { before } from 'mocha';
import { verifyTrail, writeManifest } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/signer.js';
import { unzip, zip } from '../../verifier/verify.mjs';
import { key, useStory } from '../casework/calendar/story.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { asSuperuser, attacksIn } from '../support/tamper.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const late = '2027-02-01T10:00:00+08:00';

/** What a file of accountability holds, by the element that the entry is of. */
const parts: Readonly<Record<string, string>> = {
  情形: 'not-handled-after-supervision',
  核实: 'Task_Investigate',
  '陈述、申辩': 'Task_Hear',
  认定: 'Task_Find',
  送达: 'Task_Deliver',
  责令改正: 'Task_OrderCorrection',
  改正情况: 'Task_Rectify',
  移送司法机关: 'Task_ReferCrime',
};

describe('问责案卷:情形、陈述、认定、责令、改正、移送,少一件都看得出来(第三十九条至第四十一条)', () => {
  const { moveTo, complete, trail, system } = useStory(late);
  let bundle: Buffer = Buffer.alloc(0);
  let entries: Awaited<ReturnType<typeof trail>> = [];

  before(async () => {
    await moveTo(late);
    await complete('Task_Investigate', { investigation: '未办', evidence: '见轨迹' }, '监察员');
    await complete('Task_Hear', { heard: true, statement: '无异议' }, '监察员');
    await complete(
      'Task_Find',
      { established: true, severity: 'crime', findingReason: '两次督办仍未办理' },
      '认定人',
    );
    await complete('Task_Deliver', { reviewRequested: false }, '认定人');
    await complete('Task_OrderCorrection', { correctionOrder: '五个工作日内办理' }, '上级');
    await complete('Task_Rectify', { rectification: '已改正' }, '承办员');
    await complete('Task_ReferCrime', { referralDocument: '移送〔2027〕1号' }, '上级');
    await exportedBundle(system(), signer, { no: key, requester: '审计员甲', purpose: '案卷' });
    await writeManifest(system());
    bundle = await exportedBundle(system(), signer, { no: key, requester: '审计员甲', purpose: '案卷' });
    entries = await trail();
  });

  const seqOf = (of: string): number =>
    entries.find(({ body }) => body.of === of && body.process === 'accountability')?.seq ?? 0;

  /** The bundle without the entry and without its proof, packed anew. */
  const without = (seq: number): Buffer => {
    const files = unzip(bundle);
    const lines = String(files.get('entries.jsonl')).trimEnd().split('\n');
    const at = lines.findIndex((line) => {
      const body = JSON.parse(line) as { stream: string; seq: number };
      return body.stream === key && body.seq === seq;
    });
    const proofs = [...files.keys()].filter((name) => name.startsWith('proofs/'));
    files.delete(proofs[at] ?? '');
    files.set('entries.jsonl', Buffer.from(lines.filter((_, index) => index !== at).join('\n') + '\n'));
    return zip(files);
  };

  it('完整的案卷成立', () => {
    expect(attacksIn(bundle)).to.deep.equal([]);
  });

  for (const [part, of] of Object.entries(parts)) {
    it(`少了${part}:审计包、数据库都点得出来`, async () => {
      const seq = seqOf(of);
      expect(seq, `${of} is not in the file`).to.be.above(0);
      expect(attacksIn(without(seq))).to.satisfy((found: string[]) =>
        found.some((attack) => ['deleted', 'case-cut'].includes(attack)),
      );
      const { database } = system();
      const [row] = await database.transaction((transaction) =>
        transaction.query<{ at: Date; type: string; leaf: Buffer; body: Buffer; xact: string }>(
          'SELECT at, type, leaf, body, xact::text AS xact FROM hotline.trail_entry WHERE stream = $1 AND seq = $2',
          [key, seq],
        ),
      );
      await asSuperuser(database.url, ['DELETE FROM trail_entry WHERE stream = $1 AND seq = $2', key, seq]);
      const { findings } = await verifyTrail(system());
      expect(findings.map(({ attack }) => attack)).to.include(
        seq === entries.at(-1)?.seq ? 'case-cut' : 'deleted',
      );
      await asSuperuser(database.url, [
        'INSERT INTO trail_entry (stream, seq, at, type, leaf, body, xact) VALUES ($1, $2, $3, $4, $5, $6, $7::xid8)',
        key,
        seq,
        row?.at,
        row?.type,
        row?.leaf,
        row?.body,
        row?.xact,
      ]);
    });
  }
});
