/** The file of an accountability case: removals are noticed in the bundle and in the database. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import { verifyTrail, writeManifest } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { orderExport } from '../../src/cases/trail/order-export.js';
import { writeExport } from '../../src/cases/trail/write-export.js';
import { unzip, verifyBundle, zip } from '../../verifier/verify.mjs';
import { key, useStory } from '../cases/calendar/story.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { asSuperuser, attacksIn } from '../support/tamper.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const late = '2027-02-01T10:00:00+08:00';
const order = { no: key, requester: '审计员甲', purpose: '案卷' };
const contents = 'case-files.jsonl';

type Complete = ReturnType<typeof useStory>['complete'];
type Element = Parameters<Complete>[0];

/** A case run to its end, and the expected content of its file, by the entries' elements. */
interface Life {
  readonly lives: (complete: Complete) => Promise<void>;
  readonly parts: Readonly<Record<string, Element>>;
}

/** Runs up to the finding, whose severity decides how the case continues. */
async function found(complete: Complete, severity: string): Promise<void> {
  await complete('Task_Investigate', { investigation: '未办', evidence: '见轨迹' }, '监察员');
  await complete('Task_Hear', { hearing: 'heard', statement: '无异议' }, '监察员');
  await complete('Task_Find', { established: true, severity, findingReason: '两次督办仍未办理' }, '认定人');
}

async function corrected(complete: Complete): Promise<void> {
  await complete('Task_OrderCorrection', { correctionOrder: '五个工作日内办理' }, '上级');
  await complete('Task_Rectify', { rectification: '已改正' }, '承办员');
}

const liable = (complete: Complete): Promise<void> =>
  complete(
    'Task_PersonalLiability',
    { liabilityOrgan: 'appointing', liabilityDecision: '通报批评', liabilityBasis: '第四十条' },
    '上级',
  );

const always = {
  情形: 'not-handled-after-supervision',
  核实: 'Task_Investigate',
  '陈述、申辩': 'Task_Hear',
  认定: 'Task_Find',
  送达: 'Task_Deliver',
  责令改正: 'Task_OrderCorrection',
  改正情况: 'Task_Rectify',
};

const lives: Readonly<Record<string, Life>> = {
  '涉嫌犯罪的，移送有管辖权的机关': {
    lives: async (complete) => {
      await found(complete, 'crime');
      await complete('Task_Deliver', { reviewRequested: false }, '认定人');
      await corrected(complete);
      const referral = { referredTo: 'supervisory-organ', referralDocument: '移送〔2027〕1号' };
      await complete('Task_ReferCrime', referral, '上级');
      await liable(complete);
    },
    parts: { ...always, 移送: 'Task_ReferCrime' },
  },
  '申请复核的，复核后情节严重，追究个人责任': {
    lives: async (complete) => {
      await found(complete, 'ordinary');
      await complete('Task_Deliver', { reviewRequested: true }, '认定人');
      const review = { established: true, severity: 'serious', reviewReason: '情节严重' };
      await complete('Task_Review', review, '复核人');
      await corrected(complete);
      await liable(complete);
    },
    parts: { ...always, 复核: 'Task_Review', 个人责任: 'Task_PersonalLiability' },
  },
};

for (const [what, { lives: live, parts }] of Object.entries(lives)) {
  describe(`问责案卷，${what}：少一件都看得出来（第三十九条至第四十一条）`, () => {
    const { moveTo, complete, trail, system } = useStory(late);
    let bundle: Buffer = Buffer.alloc(0);
    let entries: Awaited<ReturnType<typeof trail>> = [];

    before(async () => {
      await moveTo(late);
      await live(complete);
      await exportedBundle(system(), signer, order);
      await writeManifest(system());
      bundle = await exportedBundle(system(), signer, order);
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

    it('完整的案卷成立，目录写明证据、经过各是第几条，每一条都有证明', () => {
      const { findings, facts } = verifyBundle(bundle);
      expect(findings).to.deep.equal([]);
      const steps = entries.filter(({ body }) => body.process === 'accountability').map(({ seq }) => seq);
      const [noted] = entries.flatMap(({ body }) => {
        const computed = body.computed as { supervisionEvidence?: readonly number[] } | undefined;
        return computed?.supervisionEvidence ? [computed.supervisionEvidence] : [];
      });
      expect(noted).to.have.length(3);
      expect(facts).to.include(
        `案卷 ${key}：证据第 ${noted?.join('、') ?? ''} 条，问责的经过第 ${steps.join('、')} 条，各有证明`,
      );
      for (const of of Object.values(parts)) expect(steps).to.include(seqOf(of));
      const proofs = [...String(unzip(bundle).get(contents)).matchAll(/"proof":"([^"]+)"/g)];
      expect(proofs).to.have.length(3 + steps.length);
      for (const [, proof = ''] of proofs) expect(unzip(bundle).has(proof)).to.equal(true);
    });

    for (const [part, of] of Object.entries(parts)) {
      it(`少了${part}：审计包、数据库都点得出来`, async () => {
        const seq = seqOf(of);
        expect(seq, `${of} is not in the file`).to.be.above(0);
        expect(attacksIn(without(seq))).to.satisfy((attacks: string[]) =>
          attacks.some((attack) => ['deleted', 'case-cut'].includes(attack)),
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
}

describe('问责案卷的目录和证明（第四十条）', () => {
  const { moveTo, complete, trail, system } = useStory(late);
  let bundle: Buffer = Buffer.alloc(0);

  before(async () => {
    await moveTo(late);
    await complete('Task_Investigate', { investigation: '未办', evidence: '见轨迹' }, '监察员');
    bundle = await exportedBundle(system(), signer, order);
  });

  const changed = (name: string, change: (text: string) => string): string[] => {
    const files = unzip(bundle);
    const before = String(files.get(name));
    const after = change(before);
    expect(after).not.to.equal(before);
    files.set(name, Buffer.from(after));
    return attacksIn(zip(files));
  };
  const firstProof = (): string =>
    /"evidence":\[.*?"proof":"([^"]+)"/.exec(String(unzip(bundle).get(contents)))?.[1] ?? '';

  it('目录里少写、换写一条证据，或者少了一件案卷，核验程序不认', () => {
    expect(attacksIn(bundle)).to.deep.equal([]);
    for (const change of [
      (text: string) => text.replace(/"evidence":\[\{[^}]*\},/, '"evidence":['),
      (text: string) => text.replace(/"seq":\d+/, '"seq":1'),
      (text: string) => text.replace(/proofs\/\d+/, 'proofs/0'),
      (text: string) => text.replace('"pending":0', '"pending":-1'),
      (text: string) => text + text,
      () => '',
    ])
      expect(changed(contents, change)).to.deep.equal(['case-file-changed']);
    expect(changed(contents, (text) => text.slice(0, -1))).to.deep.equal(['damaged']);
  });

  it('目录所指的证明改动一处，核验程序不认', () => {
    const other = (text: string): string =>
      text.replace(
        /\n([A-Za-z0-9+/])(?=[A-Za-z0-9+/]{42}=\n)/,
        (_, letter) => `\n${letter === 'A' ? 'B' : 'A'}`,
      );
    expect(changed(firstProof(), other)).to.include('edited');
    expect(changed(firstProof(), (text) => text.replace(/^index \d+/m, 'index 0'))).to.include('damaged');
  });

  it('导出时还没有进入检查点的，写明有几条没有证明；再导出一次补全', async () => {
    const deps = { ...system(), signer };
    const { no: stream, ...who } = { ...order, exporter: { program: 'hotline test' } };
    const asked = { selection: { stream }, format: 'bundle', ...who } as const;
    const ordered = await orderExport(deps, asked, (_transaction, recorded) => Promise.resolve(recorded));
    const folder = await mkdtemp(join(tmpdir(), 'hotline-case-file-'));
    const file = join(folder, 'bundle.zip');
    // While an older transaction is open, later entries get no place.
    await system().database.transaction(async (transaction) => {
      await transaction.query('SELECT pg_current_xact_id()');
      await complete('Task_Hear', { hearing: 'heard', statement: '无异议' }, '监察员');
      await writeExport(deps, ordered, file);
    });
    const said = verifyBundle(await readFile(file));
    await rm(folder, { recursive: true });
    expect(said.findings).to.deep.equal([]);
    expect(said.facts.join('\n')).to.match(/另有 \d+ 条导出时还没有进入检查点，没有证明，再导出一次补全/);
    const whole = verifyBundle(await exportedBundle(system(), signer, order));
    expect(whole.facts.join('\n')).not.to.include('再导出一次补全');
    expect(whole.facts.join('\n')).to.include(`、${(await trail()).at(-1)?.seq ?? 0} 条，各有证明`);
  });
});
