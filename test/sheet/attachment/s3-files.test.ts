/** Files in a store that speaks S3. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { s3Files, s3Settings } from '../../../src/sheet/attachment/index.js';
import { openS3, type S3Store } from '../../support/s3.js';

describe('附件放在 S3', () => {
  const secret = 'a-secret/with+signs';
  let folder = '';
  let store: S3Store;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-s3-'));
    await writeFile(join(folder, 'secret'), `${secret}\n`);
    store = await openS3(secret);
  });
  after(async () => {
    store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const settings = (url: string) =>
    s3Settings({ HOTLINE_ATTACHMENT_S3: url, HOTLINE_ATTACHMENT_S3_SECRET_FILE: join(folder, 'secret') });
  const filesAt = (path: string) => {
    const read = settings(`${store.url.replace('//', '//AKIA@')}${path}?region=cn-north-1`);
    if (!read) throw new Error('settings were given');
    return s3Files(read, join(folder, 'aside'));
  };
  async function* sent(...pieces: Buffer[]): AsyncGenerator<Buffer> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  }

  it('写下、读回、删掉；没有的说没有；旁边不留下什么', async () => {
    const files = filesAt('/bucket/attachments/');
    const [one, other] = [randomBytes(200_000), randomBytes(70_000)];
    await files.put('abcd', sent(one, other));
    expect([...store.objects.keys()]).to.deep.equal(['/bucket/attachments/ab/abcd']);
    const back = await files.get('abcd');
    if (!back) throw new Error('it is there');
    expect((await buffer(back)).equals(Buffer.concat([one, other]))).to.equal(true);
    expect(await files.get('abce')).to.equal(undefined);
    await files.drop('abcd');
    await files.drop('abcd');
    expect(store.objects.size).to.equal(0);
    expect(await readdir(join(folder, 'aside'))).to.deep.equal([]);
  });

  it('口令不对、存储出错、没有答复：说明怎么办，什么也没有留下', async () => {
    const files = filesAt('/bucket');
    const refused = async (work: Promise<unknown>) => {
      const error = await work.catch((one: unknown) => one);
      expect(error).to.be.an('error').with.property('code', 'attachment.store-failed');
      return (error as Error).message;
    };
    store.failing = 507;
    expect(await refused(files.put('aa', sent(Buffer.from('x'))))).to.include('507');
    store.failing = undefined;
    await writeFile(join(folder, 'secret'), 'another');
    const stranger = filesAt('/bucket');
    await writeFile(join(folder, 'secret'), secret);
    expect(await refused(stranger.put('aa', sent(Buffer.from('x'))))).to.include('403');
    expect(await refused(stranger.get('aa'))).to.include('403');
    const nowhere = settings('http://AKIA@127.0.0.1:9/bucket');
    if (!nowhere) throw new Error('settings were given');
    expect(await refused(s3Files(nowhere, folder).get('aa'))).to.include('没有答复');
    expect(store.objects.size).to.equal(0);
    expect(await readdir(join(folder, 'aside'))).to.deep.equal([]);
  });

  it('写一半断开的来源：不写下', async () => {
    const broken = (async function* () {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('gone');
    })();
    const failed = await filesAt('/bucket')
      .put('aa', broken)
      .catch((error: unknown) => error);
    expect(failed).to.be.an('error').with.property('message', 'gone');
    expect(store.objects.size).to.equal(0);
  });

  it('没有设的没有；地址写错、口令文件读不了的，不收，不说出口令', () => {
    expect(s3Settings({})).to.equal(undefined);
    for (const wrong of [
      'bucket',
      'https://host/bucket',
      'https://AKIA@host/',
      'https://AKIA:secret@host/bucket',
    ]) {
      expect(() => settings(wrong), wrong)
        .to.throw('HOTLINE_ATTACHMENT_S3')
        .with.property('code', 'usage.invalid');
    }
    expect(() => s3Settings({ HOTLINE_ATTACHMENT_S3: 'https://AKIA@host/bucket' })).to.throw('SECRET_FILE');
  });
});
