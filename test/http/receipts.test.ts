/**
 * A caller's receipt: issued by number and code, valid after rotation and erasure, an alarm if the
 * log contradicts it.
 */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import {
  askWitnesses,
  checkReceipt,
  rotate,
  sequence,
  signCheckpoint,
  type LogSigner,
} from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { encodeReceipt } from '../../src/accountability/receipt/receipt.js';
import { checkGivenReceipt, giveReceipt, readCase, runRetention } from '../../src/cases/index.js';
import { verifyReceipt } from '../../verifier/receipt.mjs';
import { asSuperuser } from '../support/tamper.js';
import { useWitness } from '../support/witness.js';
import {
  answered,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const next = ed25519Signer('test.example/trail', Buffer.alloc(32, 9));
const words = waterCut.content;

type Output<Id extends 'giveReceipt' | 'checkReceipt'> = z.input<
  (typeof operations)[Id]['answers'][200]['schema']
>;

describe('来电人的回执', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  /** Of before the rotation. */
  let old: Buffer = Buffer.alloc(0);
  const witness = useWitness(signer.vkey, () => served().system.clock.now());

  const accepted = async (): Promise<{ no: string; secret: string }> => {
    const body = answered('acceptRequest', await post(served().url, '/api/work-orders', waterCut)) as {
      sheet: { no: string };
      callerSecret: string;
    };
    return { no: body.sheet.no, secret: body.callerSecret };
  };
  const ask = async (one: { no: string; secret: string }) =>
    answered('giveReceipt', await post(served().url, '/api/progress/receipt', one)) as Output<'giveReceipt'>;
  const sign = async (by: LogSigner = signer): Promise<void> => {
    const { system } = served();
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: by });
  };
  const witnessed = () =>
    askWitnesses({
      ...served().system,
      witnesses: [witness()],
      onError: (error) => expect.fail(String(error)),
    });
  const given = async (one: { no: string; secret: string }): Promise<Buffer> => {
    await ask(one);
    await sign();
    const { state, receipt } = await ask(one);
    expect(state).to.equal('ready');
    return Buffer.from(receipt ?? '', 'base64url');
  };
  const check = async (bytes: Buffer, more: object = {}) =>
    answered(
      'checkReceipt',
      await post(served().url, '/api/receipts/check', { receipt: bytes.toString('base64url'), ...more }),
    ) as Output<'checkReceipt'>;
  const policyOf = (...vkeys: string[]): string =>
    [...vkeys.map((vkey) => `log ${vkey}`), `witness w ${witness().vkey}`, 'quorum none', ''].join('\n');

  it('进入签过名的检查点以前说稍后；以后是同一份，没有编号、没有原话，不足 1,200 字节', async () => {
    const one = await accepted();
    expect(await ask(one)).to.deep.equal({ state: 'later', receipt: null, entry: null });
    await sign();
    await witnessed();
    const first = await ask(one);
    const again = await ask(one);
    expect(again).to.deep.equal(first);
    const bytes = Buffer.from(first.receipt ?? '', 'base64url');
    expect(bytes.length).to.be.within(200, 1200);
    for (const secret of [one.no, words, waterCut.title]) expect(bytes.includes(secret)).to.equal(false);
    const { rows } = await served().system.database.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM hotline.trail_entry WHERE type = 'receipt.issued'",
    );
    expect(rows[0]?.count).to.equal(1);
  });

  it('不要帐号就能核对：受理的时刻、第几条、谁签名、谁见证、日志没有改写过；原话对得上', async () => {
    const one = await accepted();
    await ask(one);
    await sign();
    await witnessed();
    const bytes = await given(one);
    const found = await check(bytes, { no: one.no, words: `  ${words}\r\n` });
    expect(found).to.include({ verdict: 'genuine', contradiction: null, fits: true });
    expect(found.receipt).to.include({
      acceptedAt: '2026-03-02T10:00:00+08:00',
      origin: 'test.example/trail',
      key: signer.vkey,
    });
    expect(found.receipt?.witnesses.map(({ name }) => name)).to.deep.equal(['witness.example/w']);
    expect(found.now?.size).to.be.at.least(found.receipt?.size ?? Infinity);
    expect((await check(bytes)).fits).to.equal(null);
    expect((await check(bytes, { no: one.no, words: `${words}!` })).fits).to.equal(false);
    expect((await check(bytes, { no: `${one.no}9`, words })).fits).to.equal(false);

    const offline = verifyReceipt(bytes, { policy: policyOf(signer.vkey), no: one.no, words });
    expect(offline.findings).to.deep.equal([]);
    expect(offline.facts.join('\n'))
      .to.include('2026-03-02 10:00:00 受理')
      .and.include(`第 ${found.receipt?.entry} 条`)
      .and.include('witness.example/w')
      .and.include('正是工单');
    expect(verifyReceipt(bytes).findings.map(({ attack }) => attack)).to.deep.equal(['unproved']);
    expect(
      verifyReceipt(bytes, { policy: policyOf(signer.vkey), no: one.no, words: '别的话' }).findings,
    ).to.have.length(1);
  });

  it('别人的回执，没有查询码拿不到；受理的人可以为来电人打印', async () => {
    const one = await accepted();
    const other = await accepted();
    const reply = await post(served().url, '/api/progress/receipt', { no: one.no, secret: other.secret });
    expect(problemIn(reply).code).to.equal('progress.not-found');
    await given(one);
    const desk = answered(
      'giveReceiptAtDesk',
      await send(served().url, `/api/work-orders/${one.no}/receipt`, { method: 'POST' }),
    );
    expect(desk).to.deep.equal(await ask(one));
  });

  it('每个字节翻转一位、截短、加长、别的文件：网上和离线都不认', async () => {
    const bytes = await given(await accepted());
    const { system } = served();
    const policy = policyOf(signer.vkey);
    const flips: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
      // The salt proves nothing alone: it fails when the words are compared.
      if (at >= 5 && at < 21) continue;
      flips.push(flipped);
      expect(() => mustHold(flipped, policy), `第 ${at} 字节`).to.throw();
    }
    await system.database.transaction(async (transaction) => {
      for (const flipped of flips) {
        expect(
          await checkReceipt(transaction, signer.vkey, flipped, system.laws.today()),
          flipped.toString('hex'),
        ).to.be.oneOf([...['truncated', 'no-receipt', 'altered', 'foreign']]);
      }
    });
    for (const length of [0, 1, 10, bytes.length - 1]) {
      expect((await check(bytes.subarray(0, Math.max(1, length)))).verdict).to.match(/truncated|no-receipt/);
      expect(() => mustHold(bytes.subarray(0, length), policy)).to.throw();
    }
    expect((await check(Buffer.concat([bytes, Buffer.from([0])]))).verdict).to.equal('altered');
    expect((await check(randomBytes(700))).verdict).to.equal('no-receipt');
  });

  it('写下条目、还没有给出回执就停了的：条目只有一条，以后从日志里照样给得出同一条的回执', async () => {
    const one = await accepted();
    const { system } = served();
    const view = await readCase(system, one.no);
    const stopped = { ...system, signer: () => Promise.reject(new Error('the program ends here')) };
    const first = await giveReceipt(stopped, view).catch((error: unknown) => String(error));
    expect(first).to.include('ends here');
    await sign();
    const again = await giveReceipt(stopped, view).catch((error: unknown) => String(error));
    expect(again).to.include('ends here');
    const count = async (): Promise<number | undefined> =>
      (
        await system.database.pool.query<{ count: number }>(
          "SELECT count(*)::int AS count FROM hotline.trail_entry WHERE type = 'receipt.issued'",
        )
      ).rows[0]?.count;
    const before = await count();
    const later = await giveReceipt(system, await readCase(system, one.no));
    if (later.state !== 'ready') throw new Error(later.state);
    expect(await count()).to.equal(before);
    expect(await checkGivenReceipt(system, { bytes: later.bytes, no: one.no, words })).to.include({
      contradiction: undefined,
      fits: true,
    });
  });

  it('同一份回执：换了密钥以后、到期清除以后仍是真的，对得上原话；日志被改写以后仍是真的，说得出对不上', async () => {
    const one = await accepted();
    const bytes = await given(one);
    old = bytes;
    const { system, url } = served();
    let order = answered('readWorkOrder', await send(url, `/api/work-orders/${one.no}`)) as WorkOrderView;
    const steps = [{ conduct: 'orderly' }, { wayOut: 'on-the-spot' }, { answerSummary: '今晚供水' }];
    for (const step of steps) order = await completeOnly(url, order, step);
    expect(order).to.include({ state: 'ended' });
    await sign();

    await rotate(system, signer, next);
    await sign(next);
    const rotated = { ...system, signer: () => Promise.resolve(next) };
    const asked = { bytes, no: one.no, words };
    const held = async () => {
      const found = await checkGivenReceipt(rotated, asked);
      return 'flaw' in found ? found.flaw : { why: found.contradiction, fits: found.fits };
    };
    expect(await held(), 'after the rotation').to.deep.equal({ why: undefined, fits: true });

    const now = system.clock.now();
    system.clock.moveTo(new Date('2056-03-02T10:00:00+08:00'));
    const erased = await runRetention(system, '管理员甲');
    system.clock.moveTo(now);
    const counts = Object.fromEntries(erased.map(({ one: { key }, count }) => [key, count]));
    expect(counts['callers'], 'the caller is erased').to.be.above(0);
    expect(counts['texts'], 'texts are erased').to.be.above(0);
    await sign(next);
    expect(await held(), 'after retention').to.deep.equal({ why: undefined, fits: true });
    expect(verifyReceipt(bytes, { policy: policyOf(signer.vkey), no: one.no, words }).findings).to.deep.equal(
      [],
    );

    const flipped =
      'UPDATE trail_tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) WHERE level = 0 AND tile = 0';
    await asSuperuser(system.database.url, [flipped]);
    expect(await held(), 'after tampering').to.deep.equal({ why: 'rewritten', fits: true });
    await asSuperuser(system.database.url, [flipped]);
    expect(await held(), 'mended').to.deep.equal({ why: undefined, fits: true });
  });

  it('换了签名密钥，旧密钥签的仍是真的；别的日志签的不认', async () => {
    const bytes = old;
    const { system } = served();
    const asked = { bytes, no: undefined, words: undefined };
    const after = await checkGivenReceipt({ ...system, signer: () => Promise.resolve(next) }, asked);
    expect(after).to.include({ vkey: signer.vkey, contradiction: undefined });
    const stranger = ed25519Signer('test.example/trail', Buffer.alloc(32, 5));
    const foreign = await checkGivenReceipt({ ...system, signer: () => Promise.resolve(stranger) }, asked);
    expect(foreign).to.deep.equal({ flaw: 'foreign' });
    expect(() => mustHold(bytes, policyOf(next.vkey))).to.throw();
    const one = await accepted();
    const view = await readCase(system, one.no);
    const rotated = { ...system, signer: () => Promise.resolve(next) };
    await giveReceipt(rotated, view);
    await sign(next);
    const fresh = await giveReceipt(rotated, view);
    if (fresh.state !== 'ready') throw new Error(fresh.state);
    expect(verifyReceipt(fresh.bytes, { policy: policyOf(next.vkey) }).findings).to.deep.equal([]);
  });

  it('文字改过的不出具；改写日志、删去条目、退回从前：回执仍是真的，一再核对只告知审计一次', async () => {
    const one = await accepted();
    const { system } = served();
    const rotated = { ...system, signer: () => Promise.resolve(next) };
    const view = await readCase(system, one.no);
    await giveReceipt(rotated, view);
    await sign(next);
    const ready = await giveReceipt(rotated, view);
    if (ready.state !== 'ready') throw new Error(ready.state);
    const { url } = system.database;
    await asSuperuser(url, ["UPDATE work_order SET content = '改过的话' WHERE no = $1", one.no]);
    expect(await giveReceipt(rotated, await readCase(system, one.no))).to.deep.equal({ state: 'altered' });
    const asked = { bytes: ready.bytes, no: one.no, words };
    expect(await checkGivenReceipt(rotated, asked)).to.include({ contradiction: undefined, fits: true });

    const contradictions = [
      ['entry-gone', ["UPDATE trail_entry SET body = body || ' '::bytea WHERE type = 'receipt.issued'"]],
      [
        'rewritten',
        [
          'UPDATE trail_tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) WHERE level = 0 AND tile = 0',
        ],
      ],
      [
        'rolled-back',
        ['DELETE FROM trail_cosignature WHERE size > 3'],
        ['DELETE FROM trail_checkpoint WHERE size > 3'],
      ],
    ] as const;
    for (const [why, ...statements] of contradictions) {
      await asSuperuser(url, ...(statements as unknown as [string][]));
      for (let time = 0; time < 2; time += 1) {
        expect(await checkGivenReceipt(rotated, asked), why).to.include({ contradiction: why, fits: true });
      }
    }
    const { rows } = await system.database.pool.query<{ recipient: string; title: string }>(
      "SELECT recipient, title FROM hotline.notification WHERE stream = 'receipts' ORDER BY id",
    );
    expect(rows.map(({ recipient }) => recipient)).to.deep.equal(
      // The first of the receipt before.
      [1, 2, 3, 4].flatMap(() => ['role:auditor', 'role:audit-admin']),
    );
  });

  it('一千万条的日志、一个见证人：至多 1,200 字节', () => {
    const bytes = encodeReceipt({
      salt: randomBytes(16).toString('hex'),
      digest: randomBytes(32).toString('hex'),
      acceptedAt: new Date('2026-03-02T10:00:00.123Z'),
      issuedAt: new Date('2026-03-02T10:00:05.123Z'),
      origin: 'trail.12345.jinan.gov.cn/hotline-log-2026',
      keyId: randomBytes(4),
      size: 10_000_000,
      index: 9_876_543,
      path: Array.from({ length: 24 }, () => randomBytes(32)),
      signature: randomBytes(64),
      witnesses: [
        {
          name: 'witness.data-bureau.jinan.gov.cn/w-2026',
          keyId: randomBytes(4),
          time: 1_772_445_600,
          signature: randomBytes(64),
        },
      ],
    });
    expect(bytes.length).to.be.at.most(1200);
  });
});

function mustHold(bytes: Buffer, policy: string): void {
  const { findings } = verifyReceipt(bytes, { policy });
  if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join());
}
