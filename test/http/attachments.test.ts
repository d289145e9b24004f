/** Files of a sheet: sent, seen by those who may, proven, erased. */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { z } from 'zod';
import type { attachment, attachmentOperations } from '../../src/http/contract/attachment.js';
import { eraseCaller, rotateVault, sweepAttachments, verifyAttachments } from '../../src/cases/index.js';
import { createVault, type KeyRing } from '../../src/identity/index.js';
import { movableClock } from '../../src/kernel/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { asViewer } from '../../src/platform/database/index.js';
import { plainTrails } from '../support/entries.js';
import { newcomer, type SignedIn } from '../support/people.js';
import * as files from '../support/sample-files.js';
import { asSuperuser } from '../support/tamper.js';
import {
  answered,
  completeOnly,
  accept,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type Reply,
} from './serving.js';

type Attachment = z.input<typeof attachment>;
type Listed = z.input<(typeof attachmentOperations.listAttachments.answers)[200]['schema']>;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('附件', () => {
  const served = useServer({ at: 'now' });
  let people: { readonly [who: string]: SignedIn };
  before(async () => {
    const { system } = served();
    const unit = { unit: '某水务局', kind: 'department' as const };
    const foreign = { unit: '某城管局', kind: 'department' as const };
    people = {
      agent: await newcomer(system, { login: 'agent', roles: ['intake'] }),
      reviewer: await newcomer(system, { login: 'reviewer', roles: ['reviewer'] }),
      assessor: await newcomer(system, { login: 'assessor', roles: ['assessor'] }),
      own: await newcomer(system, { login: 'own', roles: ['handler'], ...unit }),
      foreign: await newcomer(system, { login: 'foreign', roles: ['handler'], ...foreign }),
    };
  });
  const as = (who: string): SignedIn => people[who] ?? expect.fail(`nobody is ${who}`);

  const handed = async (given: object = {}): Promise<string> => {
    const { url } = served();
    const noted = await completeOnly(url, await accept(url, { ...waterCut, ...given }), {
      conduct: 'orderly',
    });
    const decided = await completeOnly(url, noted, { wayOut: 'dispatch' });
    return (await completeOnly(url, decided, { unit: '某水务局' })).sheet.no;
  };
  const add = (
    no: string,
    bytes: Buffer,
    { who = 'agent', shows = 'matter', name = '现场.jpg', headers = {} } = {},
  ): Promise<Reply> =>
    send(served().url, `/api/work-orders/${no}/attachments?shows=${shows}`, {
      method: 'POST',
      as: as(who),
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(name),
        ...headers,
      },
      body: bytes,
    });
  const added = async (...given: Parameters<typeof add>): Promise<Attachment> =>
    answered('addAttachment', await add(...given)) as Attachment;
  const list = async (no: string, who = 'agent'): Promise<Listed> =>
    answered(
      'listAttachments',
      await send(served().url, `/api/work-orders/${no}/attachments`, { as: as(who) }),
    ) as Listed;
  const get = async (no: string, id: string, who = 'agent', part = '') => {
    const reply = await fetch(`${served().url}/api/work-orders/${no}/attachments/${id}${part}`, {
      headers: as(who).headers,
    });
    return { reply, bytes: Buffer.from(await reply.arrayBuffer()) };
  };
  const folder = (): string => dirname(served().system.aside);
  const kept = async (): Promise<readonly string[]> =>
    (await readdir(join(folder(), 'attachments'), { recursive: true }).catch(() => []))
      .filter((name) => /[\da-f]{8}-/.test(name))
      .sort();
  const entriesOf = async (no: string) => {
    const { database, trail } = served().system;
    const read = await database.transaction((transaction) => plainTrails(trail, transaction, [no]));
    return read.get(no) ?? [];
  };

  it('照片传上去：列得出、取得到、有缩略图；收到的、留存的哈希在轨迹里；磁盘上是密文', async () => {
    const no = await handed();
    const sent = await files.photoWithPlace();
    const one = await added(no, sent, { name: '路面积水.jpeg' });
    expect(one).to.include({
      kind: 'picture',
      mediaType: 'image/jpeg',
      shows: 'matter',
      name: '路面积水.jpg',
    });
    expect((await list(no)).items).to.deep.equal([one]);
    const { reply, bytes } = await get(no, one.id);
    expect(reply.headers.get('content-type')).to.equal('image/jpeg');
    expect(reply.headers.get('content-security-policy')).to.match(/^default-src 'none'; sandbox/);
    expect(reply.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(reply.headers.get('content-disposition')).to.include(
      `inline; filename="____.jpg"; filename*=UTF-8''${encodeURIComponent('路面积水.jpg')}`,
    );
    expect(bytes.includes('SecretModel')).to.equal(false);
    const [entry] = (await entriesOf(no)).filter(({ type }) => type === 'attachment.added');
    expect(entry?.body).to.include({
      attachment: one.id,
      receivedSha256: sha256(sent),
      receivedBytes: sent.length,
      keptSha256: sha256(bytes),
      keptBytes: bytes.length,
    });
    expect(JSON.stringify(entry)).not.to.include('路面');
    const thumbnail = await get(no, one.id, 'own', '/thumbnail');
    expect(thumbnail.reply.headers.get('content-type')).to.equal('image/webp');
    expect(thumbnail.bytes.length).to.be.lessThan(20_000);
    for (const name of await kept()) {
      const lying = await readFile(join(folder(), 'attachments', name));
      expect(lying.includes(bytes.subarray(0, 64))).to.equal(false);
    }
    expect(await readdir(join(folder(), 'receiving'))).to.deep.equal([]);
    const view = await send(served().url, `/api/work-orders/${no}`, { as: as('agent') });
    expect((view.json as { chain: { holds: boolean } }).chain.holds).to.equal(true);
  });

  it('文件只能另存，不在页面里打开；名称里有引号、脚本、换行也只是名称', async () => {
    const no = await handed();
    const name = `"><script>alert(1)</script>\r\n'.pdf`;
    const one = await added(no, files.smallPdf, { name });
    expect(one).to.include({ kind: 'document', mediaType: 'application/pdf', hasThumbnail: false });
    const { reply, bytes } = await get(no, one.id);
    expect(bytes.equals(files.smallPdf)).to.equal(true);
    expect(reply.headers.get('content-disposition')).to.match(/^attachment; filename="[^"<>\r\n]*\.pdf"/);
    expect(
      problemIn(await send(served().url, `/api/work-orders/${no}/attachments/${one.id}/thumbnail`)).code,
    ).to.equal('attachment.not-found');
  });

  it('同一个文件再传一次，答复原来的那一个；几次同时传，也只留一个', async () => {
    const no = await handed();
    const bytes = await files.photo(90, 90);
    const before = await kept();
    const replies = await Promise.all(Array.from({ length: 5 }, () => add(no, bytes)));
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 200, 200, 200, 201]);
    expect((await list(no)).items.length).to.equal(1);
    expect((await kept()).length - before.length).to.equal(2);
    expect((await entriesOf(no)).filter(({ type }) => type === 'attachment.added').length).to.equal(1);
  });

  it('不收的：说明为什么，工单、轨迹、磁盘都没有变', async () => {
    const no = await handed();
    const before = [await kept(), (await entriesOf(no)).length];
    for (const [bytes, code] of [
      [files.vector, 'attachment.unsupported'],
      [Buffer.from('MZ\0\0'), 'attachment.unsupported'],
      [files.pictureBomb(), 'attachment.damaged'],
      [(await files.photo()).subarray(0, 3000), 'attachment.damaged'],
      [Buffer.alloc(0), 'input.invalid'],
    ] as const)
      expect(problemIn(await add(no, bytes, { name: '照片.jpg' })).code).to.equal(code);
    for (const headers of [{ 'content-type': 'multipart/form-data' }, { 'content-encoding': 'gzip' }])
      expect(problemIn(await add(no, files.smallPdf, { headers })).code).to.equal('media-type.unsupported');
    expect(problemIn(await add(no, files.smallPdf, { headers: { 'x-file-name': '%E4%' } })).code).to.equal(
      'input.invalid',
    );
    const large = Buffer.alloc(26 * 1024 * 1024, 'x');
    expect(problemIn(await add(no, large)).code).to.equal('attachment.too-large');
    const unknown = await send(served().url, `/api/work-orders/20200101-000001/attachments?shows=matter`, {
      method: 'POST',
      as: as('agent'),
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a' },
      body: files.smallPdf,
    });
    expect(problemIn(unknown).code).to.equal('case.not-found');
    expect([await kept(), (await entriesOf(no)).length]).to.deep.equal(before);
    expect(await readdir(join(folder(), 'receiving'))).to.deep.equal([]);
  });

  it('一张工单至多四十个', async () => {
    const no = await handed();
    for (let number = 0; number < 40; number += 1) await added(no, Buffer.from(`第 ${number} 份说明`));
    expect(problemIn(await add(no, Buffer.from('再来一份'))).code).to.equal('attachment.too-many');
  });

  it('谁看得到工单谁看得到；别的单位当它不存在；考核的只看不传', async () => {
    const no = await handed();
    const one = await added(no, await files.photo(80, 80));
    for (const who of ['agent', 'reviewer', 'assessor', 'own'])
      expect((await get(no, one.id, who)).reply.status, who).to.equal(200);
    for (const part of ['', '/thumbnail'])
      expect((await get(no, one.id, 'foreign', part)).reply.status).to.equal(404);
    const path = `/api/work-orders/${no}/attachments`;
    expect(problemIn(await send(served().url, path, { as: as('foreign') })).code).to.equal('case.not-found');
    expect(problemIn(await add(no, files.smallPdf, { who: 'foreign', shows: 'after' })).code).to.equal(
      'case.not-found',
    );
    expect(problemIn(await add(no, files.smallPdf, { who: 'assessor' })).code).to.equal('access.denied');
    const elsewhere = await handed();
    expect((await get(elsewhere, one.id)).reply.status).to.equal(404);
    expect((await get(no, randomUUID())).reply.status).to.equal(404);
  });

  it('承办单位传办理前、办理后的；说成是来电人提供的，拒绝', async () => {
    const no = await handed();
    const after = await added(no, await files.photo(70, 70), {
      who: 'own',
      shows: 'after',
      name: '修好了.jpg',
    });
    expect(after.shows).to.equal('after');
    const refused = problemIn(await add(no, await files.photo(71, 71), { who: 'own' }));
    expect(refused).to.include({ code: 'access.denied', where: 'shows' });
    expect((await list(no)).items.map(({ id }) => id)).to.deep.equal([after.id]);
  });

  it('第十六条：来电人要求保密的，承办单位看不到来电人提供的，看得到别的；数据库里也有一道墙', async () => {
    const no = await handed({ confidential: true });
    const matter = await added(no, await files.photo(60, 60));
    const before = await added(no, await files.photo(61, 61), { shows: 'before' });
    expect((await list(no)).items.length).to.equal(2);
    const seen = await list(no, 'own');
    expect(seen.items.map(({ id }) => id)).to.deep.equal([before.id]);
    expect(seen.withheld?.provision).to.equal('第十六条');
    for (const part of ['', '/thumbnail'])
      expect((await get(no, matter.id, 'own', part)).reply.status).to.equal(404);
    const rows = await asViewer(served().system.database, ['某水务局']).transaction((transaction) =>
      transaction.query<{ id: string }>('SELECT id FROM hotline.attachment WHERE work_order = $1', [no]),
    );
    expect(rows).to.deep.equal([{ id: before.id }]);
  });

  it('第三十二条：登记回避以后，那个单位一个也看不到', async () => {
    const no = await handed();
    const one = await added(no, await files.photo(50, 60), { who: 'own', shows: 'after' });
    const answers = { withdrawingUnits: '某水务局', recusalBasis: 'accused', recusalFacts: '来电人补充说明' };
    const told = await post(
      served().url,
      `/api/work-orders/${no}/messages`,
      { message: 'recusal-stated', answers },
      {},
      as('agent'),
    );
    expect(told.status, told.text).to.equal(200);
    expect((await get(no, one.id, 'own')).reply.status).to.equal(404);
    expect((await get(no, one.id, 'reviewer')).reply.status).to.equal(200);
  });

  it('换成另一个附件的文件、改一个字节、拿走：不给，说明不是记下的那一个', async () => {
    const no = await handed();
    const [one, two] = [
      await added(no, await files.photo(300, 301)),
      await added(no, await files.photo(302, 300)),
    ];
    const at = (id: string) => join(folder(), 'attachments', id.slice(0, 2), id);
    const own = await readFile(at(one.id));
    const refused = async () =>
      JSON.parse(String((await get(no, one.id)).bytes)) as { code: string; detail: string };
    await writeFile(at(one.id), await readFile(at(two.id)));
    expect(await refused()).to.include({
      code: 'attachment.altered',
      detail: '现在存着的，不是轨迹里记下的那一个：文件被换过或者损坏了',
    });
    const flipped = Buffer.from(own);
    flipped.writeUInt8(flipped.readUInt8(40) ^ 1, 40);
    await writeFile(at(one.id), flipped);
    expect((await refused()).code).to.equal('attachment.altered');
    const { findings } = await verifyAttachments(served().system);
    expect(findings.map(({ attachment, code }) => [attachment, code])).to.deep.include([
      one.id,
      'attachment.altered',
    ]);
    await rename(at(one.id), `${at(one.id)}.gone`);
    expect((await refused()).code).to.equal('attachment.missing');
    const missing = (await verifyAttachments(served().system)).findings;
    expect(missing).to.deep.include({
      workOrder: no,
      attachment: one.id,
      code: 'attachment.missing',
      what: '这个附件的文件不在了',
    });
    expect(missing.some(({ attachment }) => attachment === two.id)).to.equal(false);
    await writeFile(at(one.id), own);
    expect((await get(no, one.id)).reply.status).to.equal(200);
  });

  it('连同密钥一起换成另一个附件的行：轨迹里的哈希对不上，不给', async () => {
    const no = await handed();
    const [one, two] = [
      await added(no, Buffer.from('第一份说明')),
      await added(no, Buffer.from('第二份说明')),
    ];
    const swap = `UPDATE attachment SET kept_sha256 = (SELECT kept_sha256 FROM attachment WHERE id = $2) WHERE id = $1`;
    await asSuperuser(served().system.database.url, [swap, one.id, two.id]);
    expect((await get(no, one.id)).reply.status).to.equal(409);
  });

  it('第十条：删除来电人资料时，来电人提供的一并删除，承办单位的留着；轨迹记下，文件随后清掉', async () => {
    const { system } = served();
    const no = await handed();
    const matter = await added(no, await files.photo(51, 52));
    const after = await added(no, await files.photo(52, 53), { who: 'own', shows: 'after' });
    await eraseCaller(system, { no, reason: '来电人要求', actor: '安全管理员' });
    expect((await list(no)).items.map(({ id }) => id)).to.deep.equal([after.id]);
    expect((await get(no, matter.id)).reply.status).to.equal(404);
    const entry = (await entriesOf(no)).find(({ type }) => type === 'attachments.erased');
    expect(entry?.body).to.deep.include({ attachments: [matter.id], actor: '安全管理员' });
    expect((await kept()).some((name) => name.includes(matter.id))).to.equal(true);
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    expect((await kept()).some((name) => name.includes(matter.id))).to.equal(false);
    expect((await get(no, after.id)).reply.status).to.equal(200);
  });

  it('换密钥以后照样打得开', async () => {
    const { system } = served();
    const no = await handed();
    const one = await added(no, files.smallPdf);
    const ring: KeyRing = {
      ...system.ring,
      current: 'k2',
      keys: { ...system.ring.keys, k2: Buffer.alloc(32, 5).toString('base64') },
    };
    const outcome = await rotateVault({ ...system, vault: createVault(ring), tables: [] });
    expect(outcome.find(({ title }) => title === '附件')?.rows).to.be.greaterThan(0);
    const { database } = system;
    const rows = await database.transaction((transaction) =>
      transaction.query<{ key: Buffer }>('SELECT key FROM hotline.attachment WHERE id = $1', [one.id]),
    );
    expect(rows[0]?.key.subarray(0, 4).toString('latin1')).to.equal('\x01\x02k2');
    const back = await rotateVault({ ...system, vault: createVault({ ...ring, current: 'k1' }), tables: [] });
    expect(back.every(({ damaged }) => damaged.length === 0)).to.equal(true);
    expect((await get(no, one.id)).bytes.equals(files.smallPdf)).to.equal(true);
  });

  it('收到一半、存好了还没有记下就被杀死的：一天以后清掉；别的一个也不动', async () => {
    const { system } = served();
    const no = await handed();
    const one = await added(no, files.amr, { name: '录音.amr' });
    const orphan = randomUUID();
    const place = join(folder(), 'attachments', one.id.slice(0, 2));
    await writeFile(join(place, `${one.id.slice(0, 2)}${orphan.slice(2)}`), 'x');
    await writeFile(join(place, `${one.id.slice(0, 2)}${orphan.slice(2)}.thumbnail.part`), 'x');
    await system.database.transaction((transaction) =>
      transaction.query('INSERT INTO hotline.attachment_leftover VALUES ($1, $2)', [
        `${one.id.slice(0, 2)}${orphan.slice(2)}`,
        new Date(system.clock.now().getTime() + 3_600_000),
      ]),
    );
    await writeFile(join(place, `${one.id.slice(0, 2)}${randomUUID().slice(2)}`), 'nobody knows');
    const half = join(folder(), 'receiving', randomUUID());
    await writeFile(half, 'x');
    await sweepAttachments(system);
    expect((await stat(half)).size).to.equal(1);
    const before = await kept();
    await utimes(half, new Date(0), new Date(0));
    const now = system.clock.now();
    await sweepAttachments({ ...system, clock: movableClock(new Date(now.getTime() + 2 * 3_600_000)) });
    expect(await stat(half).catch(() => 'gone')).to.equal('gone');
    const after = await kept();
    expect(before.filter((name) => !after.includes(name)).map((name) => name.slice(5))).to.deep.equal([
      orphan.slice(2),
      `${orphan.slice(2)}.thumbnail.part`,
    ]);
    expect((await get(no, one.id)).reply.status).to.equal(200);
    await rm(half, { force: true });
  });
});
