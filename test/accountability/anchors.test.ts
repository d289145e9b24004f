/** Checkpoints kept outside: a database restored to yesterday or rewritten is reported, with the place and the day. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  anchoring,
  compareRoot,
  latestCheckpoint,
  rootToPrint,
  sequence,
  signCheckpoint,
  verifyTrail,
  type Anchor,
} from '../../src/accountability/index.js';
import { keptName } from '../../src/accountability/anchor/anchor.js';
import { paperCode } from '../../src/accountability/anchor/paper.js';
import { readAnchors } from '../../src/accountability/anchor/settings.js';
import { witnessAnchor } from '../../src/accountability/anchor/witness.js';
import { movableClock } from '../../src/kernel/index.js';
import { checkpointSender, letterSender } from '../../src/channel/outbox/index.js';
import { putCheckpoints } from '../../src/channel/outbox/checkpoint.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { createJobRunner, retryJobs } from '../../src/platform/jobs/index.js';
import { copyOf, type TestDatabase } from '../support/database.js';
import { useMailServer } from '../support/mail-server.js';
import { note } from '../support/note.js';
import { refusalFrom } from '../support/refusal.js';
import { openS3, type S3Store } from '../support/s3.js';
import { attacks, cosign, lived, signer, trail } from '../support/trail-attacks.js';
import { useWitness } from '../support/witness.js';

const vault = createVault(newKeyRing());
const laws = onlyLaw(shippedLaw('2026-03-02'));

describe('外部锚定：检查点留存在外面（第二十二条）', () => {
  const clock = movableClock(new Date('2026-03-02T10:00:00+08:00'));
  const mail = useMailServer();
  const witness = useWitness(signer.vkey, () => clock.now());
  let folder = '';
  let store: S3Store;
  let database: TestDatabase;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-anchors-'));
    await writeFile(join(folder, 'secret'), 'geheim\n');
    store = await openS3('geheim');
    database = await lived();
  });
  after(async () => {
    await database.close();
    store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const worm = () => join(folder, 'worm');
  const anchorsIn = (environment: NodeJS.ProcessEnv): Promise<readonly Anchor[]> =>
    readAnchors(
      letterSender({
        outgoing: { privateAddresses: true, smtp: { url: mail().url, from: 'hotline@example.gov.cn' } },
        vault: createVault(newKeyRing()),
      }),
      () => clock.now(),
      laws,
      environment,
    );
  const all = () =>
    anchorsIn({
      HOTLINE_ANCHOR_FOLDER: worm(),
      HOTLINE_ANCHOR_S3: `${store.url.replace('//', '//AKIA@')}/bucket/trail?region=cn-north-1`,
      HOTLINE_ANCHOR_S3_SECRET_FILE: join(folder, 'secret'),
      HOTLINE_ANCHOR_S3_LOCK_DAYS: '3650',
      HOTLINE_ANCHOR_MAIL: 'dangan@archive.example',
    });
  const grow = async (text: string): Promise<void> => {
    await database.transaction((transaction) => trail.append(transaction, [note('甲', clock.now(), text)]));
    await sequence(database);
    await signCheckpoint({ database, clock, laws, signer });
  };
  const kept = async (): Promise<number> => {
    const { rows } = await database.pool.query("SELECT FROM hotline.outbox WHERE outcome = 'sent'");
    return rows.length;
  };
  const deliver = async (): Promise<number> => {
    const before = await kept();
    await putCheckpoints({ database, clock, anchors: await all() });
    const { job } = checkpointSender({
      database,
      clock,
      vault,
      outgoing: { privateAddresses: true },
      anchors: all,
    });
    await createJobRunner({
      database,
      clock,
      jobs: [job],
      onError: (error) => expect.fail(String(error)),
    }).runDue();
    return (await kept()) - before;
  };
  /** The queue's own retries have growing delays. */
  const soon = () =>
    database.pool.query('UPDATE hotline_jobs._private_jobs SET run_at = now() WHERE attempts < max_attempts');
  const stateOf = async (anchors: readonly Anchor[]) =>
    database.transaction((transaction) => anchoring(transaction, anchors, clock.now()));
  const sizeNow = async (): Promise<number> =>
    (await database.transaction((transaction) => latestCheckpoint(transaction)))?.size ?? 0;
  const later = (minutes: number): void => clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));

  it('一处也没有设的：黄，写明怎样设；核验的结论写明没有外面的人作证', async () => {
    expect((await stateOf([])).amber)
      .to.include('运行手册“外部锚定”')
      .and.include('看不出来');
    const { holds, verdict, facts } = await verifyTrail({ projections: [], database, clock, laws });
    expect(holds).to.equal(true);
    expect(verdict).to.include({ state: 'genuine', vouched: false });
    expect(verdict.next.join()).to.include('请系统管理员设一个外面的留存处');
    expect(facts.join()).to.include('没有留存在任何外面的地方');
  });

  it('每小时往文件夹、对象存储，每天往邮箱送一次最近的检查点；送到才算，不改写已有的', async () => {
    expect(await deliver()).to.equal(3);
    expect(await deliver()).to.equal(0);
    expect(await readdir(worm())).to.have.length(1);
    expect([...store.objects.keys()]).to.have.length(1);
    expect(mail().received.at(-1)?.to).to.deep.equal(['dangan@archive.example']);
    expect(mail().received.at(-1)?.mail.text).to.match(/test\.example\/trail\n\d+\n/);
    for (const text of ['甲5', '甲6', '甲7']) {
      await grow(text);
      later(61);
      expect(await deliver()).to.equal(2);
    }
    expect(await readdir(worm())).to.have.length(4);
    expect(mail().received).to.have.length(1);
    expect((await stateOf(await all())).amber).to.equal(null);
    const { verdict } = await verifyTrail({ projections: [], database, clock, laws, anchors: all });
    expect(verdict).to.include({ state: 'genuine', vouched: true });
    expect(verdict.sentences[2]).to.include(`文件夹 ${worm()}`).and.include('对象存储 127.0.0.1');
  });

  it('送不到的：黄，写明原因，再送；文件夹里同样条数已有另一个的，也算送不到；邮箱拒收的由人再送', async () => {
    store.failing = 503;
    mail().refuse = true;
    later(24 * 60);
    await grow('甲8');
    const other = join(worm(), keptName(signer.name, await sizeNow()));
    await writeFile(other, '另一个');
    expect(await deliver()).to.equal(0);
    const { amber } = await stateOf(await all());
    expect(amber).to.include('503').and.include('另一个检查点').and.include('dangan@archive.example：');
    store.failing = undefined;
    mail().refuse = false;
    await soon();
    expect(await deliver()).to.equal(1);
    await rm(other);
    await soon();
    expect(await deliver()).to.equal(1);
    expect(await database.transaction((transaction) => retryJobs(transaction))).to.have.length(1);
    expect(await deliver()).to.equal(1);
    expect((await stateOf(await all())).amber).to.equal(null);
  });

  it('印在纸上的根：填回来，说接不接着，记入轨迹，从印的那天起算一处留存；抄错的不核对', async () => {
    const deps = { clock, database, trail };
    const printed = await database.transaction(rootToPrint);
    const { day, size, root, code } = printed;
    const slip = { day, size, root: root.replace(/.$/, (last) => (last === '0' ? '1' : '0')), code };
    expect(await refusalFrom(compareRoot(deps, slip, '审计甲（shenji）'))).to.include({
      code: 'input.invalid',
    });
    expect((await stateOf([])).anchors).to.deep.equal([]);
    await grow('甲8之后');
    expect((await compareRoot(deps, { day, size, root, code }, '审计甲（shenji）')).outcome).to.equal(
      'contained',
    );
    const [paper] = (await stateOf([])).anchors;
    expect(paper).to.deep.include({
      name: '纸（审计甲（shenji） 核对）',
      kind: 'paper',
      keptSize: size,
      failure: null,
    });
    expect((await stateOf([])).amber).to.equal(null);
    const { facts } = await verifyTrail({ projections: [], database, clock, laws });
    expect(facts.join()).to.include(`${day} 印的根，第 ${size} 条`);
    clock.moveTo(new Date(clock.now().getTime() + 9 * 86_400_000));
    expect((await stateOf([])).amber).to.include('八天多没有核对新印的根');
    // A root that differs from today's: other words under the same number, or more entries than
    // exist.
    const forged = { day, size, root: 'ab'.repeat(32) };
    const other = { ...forged, code: paperCode(forged) };
    expect((await compareRoot(deps, other, '审计甲（shenji）')).outcome).to.equal('rewritten');
    expect((await stateOf([])).amber).to.include('与现在的日志对不上：前面被改写');
    const longer = { ...forged, size: 10_000 };
    const more = { ...longer, code: paperCode(longer) };
    expect((await compareRoot(deps, more, '审计甲（shenji）')).outcome).to.equal('rolled-back');
    expect((await compareRoot(deps, { day, size, root, code }, '审计甲（shenji）')).outcome).to.equal(
      'contained',
    );
    await sequence(database);
    await signCheckpoint({ database, clock, laws, signer });
    clock.moveTo(new Date(clock.now().getTime() - 9 * 86_400_000));
  });

  it('整个数据库退回旧的：平常的核验就点名，写明是哪一处、哪一天留存的', async () => {
    expect(await cosign(database, witness())).to.equal(1);
    const yesterday = await copyOf(database);
    try {
      later(24 * 60);
      await grow('甲9');
      expect(await deliver()).to.equal(3);
      expect(await cosign(database, witness())).to.equal(1);
      const places = async () => [...(await all()), witnessAnchor(witness())];
      const witnesses = [witness().vkey];
      expect(
        (await verifyTrail({ projections: [], database, clock, laws, anchors: places, witnesses })).findings,
      ).to.deep.equal([]);
      const put = await verifyTrail({
        projections: [],
        database: yesterday,
        clock,
        laws,
        anchors: places,
        witnesses,
      });
      expect(put.findings.map(({ attack }) => attack)).to.deep.equal(['replayed', 'replayed', 'replayed']);
      const said = put.findings.map(({ detail }) => detail).join('\n');
      expect(said)
        .to.include(`文件夹 ${worm()}`)
        .and.include('对象存储')
        .and.include('见证人 witness.example/w');
      expect(said).to.match(/ \d{4}-\d\d-\d\d 留存的检查点签到第 \d+ 条，库里只有 \d+ 条/);
      expect(put.facts.join()).to.include('邮箱 dangan@archive.example 要由人去看');
      expect(
        (await verifyTrail({ projections: [], database: yesterday, clock, laws })).holds,
        'nobody is asked',
      ).to.equal(true);
    } finally {
      await yesterday.close();
    }
  });

  it('重写一切再重签的：点名重写；没有答复的那一处，写明没有答复', async () => {
    const anew = attacks['同样大小的另一本账'];
    if (!anew) throw new Error('the attack is known');
    await anew.does(database);
    store.failing = 503;
    const { findings, facts } = await verifyTrail({ projections: [], database, clock, laws, anchors: all });
    const said = findings.map(({ detail }) => detail).join('\n');
    expect(said).to.match(/已不是文件夹 \S+ \d{4}-\d\d-\d\d 留存的检查点所签的/);
    expect(facts.join()).to.include('答复 503');
    store.failing = undefined;
  });

  it('设得不对的：说明是哪一个变量', async () => {
    expect(await refusalFrom(anchorsIn({ HOTLINE_ANCHOR_MAIL: 'nobody' }))).to.include({
      code: 'usage.invalid',
    });
    const wrong = { HOTLINE_ANCHOR_S3: 'https://AKIA@host/bucket' };
    expect((await refusalFrom(anchorsIn(wrong)))?.message).to.include('HOTLINE_ANCHOR_S3_SECRET_FILE');
  });
});
