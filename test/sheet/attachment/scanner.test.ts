/** The protocol with clamd, and the effects of its answers. The real one: `clamd.long.ts`. */
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  attachmentLimits,
  createAttachmentKeeper,
  diskFiles,
  scannerAt,
} from '../../../src/sheet/attachment/index.js';
import { silentLog } from '../../../src/kernel/index.js';

/** Reads what is sent up to the empty piece, then answers and hangs up. */
async function clamdSaying(answer: string | ((socket: Socket) => void)) {
  const taken: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (typeof answer !== 'string') return answer(socket);
    socket.on('data', (part) => {
      taken.push(part);
      if (Buffer.concat(taken).subarray(-4).equals(Buffer.alloc(4))) socket.end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    [Symbol.dispose]: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describe('病毒扫描', () => {
  async function* content(bytes = 5): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0; left -= 65_536)
      yield await Promise.resolve(Buffer.alloc(Math.min(left, 65_536), 7));
  }
  const outcome = async (address: string, bytes?: number): Promise<string> => {
    const scanner = scannerAt(address, silentLog);
    if (!scanner) throw new Error('an address was given');
    return scanner.scan(content(bytes)).then(
      () => 'clean',
      (error: { code: string }) => error.code,
    );
  };

  it('没有设的不问；地址写错的不启动', () => {
    expect(scannerAt(undefined, silentLog)).to.equal(undefined);
    expect(scannerAt(' ', silentLog)).to.equal(undefined);
    for (const wrong of ['clamd', 'clamd:', ':3310', 'clamd:99999'])
      expect(() => scannerAt(wrong, silentLog), wrong).to.throw('不是 clamd 的地址');
  });

  it('一段一段送去，以空段结束；干净的收，带病毒的不收', async () => {
    using clean = await clamdSaying('stream: OK\0');
    expect(await outcome(clean.address)).to.equal('clean');
    expect(Buffer.concat(clean.taken).toString('hex')).to.equal(
      `${Buffer.from('zINSTREAM\0').toString('hex')}0000000507070707070000 0000`.replace(' ', ''),
    );
    using infected = await clamdSaying('stream: Eicar-Test-Signature FOUND\0');
    expect(await outcome(infected.address, 3_000_000)).to.equal('attachment.infected');
  });

  it('太大的它先答复再挂断、答非所问、没有答复、没有在运行：都不当作干净', async () => {
    using small = await clamdSaying((socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'));
    let letGo = false;
    const endless = async function* (): AsyncGenerator<Buffer> {
      try {
        for (;;) yield await Promise.resolve(Buffer.alloc(65_536));
      } finally {
        letGo = true;
      }
    };
    const refused = await scannerAt(small.address, silentLog)
      ?.scan(endless())
      .catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'attachment.unscanned');
    expect(letGo, 'what was being sent').to.equal(true);
    using odd = await clamdSaying('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await outcome(odd.address)).to.equal('attachment.unscanned');
    using mute = await clamdSaying((socket) => socket.destroy());
    expect(await outcome(mute.address, 20_000_000)).to.equal('attachment.unscanned');
    expect(await outcome('127.0.0.1:9')).to.equal('attachment.unscanned');
    expect(await outcome('/nowhere/clamd.ctl')).to.equal('attachment.unscanned');
  });

  it('收附件时先问：带病毒的、问不到的，什么也没有存下；干净的存下', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hotline-scanned-'));
    const take = (address: string): Promise<string> => {
      const keeper = createAttachmentKeeper({
        files: diskFiles(join(folder, 'files')),
        aside: join(folder, 'aside'),
        limits: attachmentLimits({}),
        log: silentLog,
        scanner: scannerAt(address, silentLog),
      });
      const letter = async function* (): AsyncGenerator<Buffer> {
        yield await Promise.resolve(Buffer.from('路灯坏了，附上说明。'));
      };
      return keeper.take('abcd', letter(), undefined).then(
        () => 'kept',
        (error: { code: string }) => error.code,
      );
    };
    const left = () => readdir(folder, { recursive: true, withFileTypes: true });
    const filesLeft = async () => (await left()).filter((one) => one.isFile()).map(({ name }) => name);
    try {
      using infected = await clamdSaying('stream: Eicar-Test-Signature FOUND\0');
      expect(await take(infected.address)).to.equal('attachment.infected');
      expect(await take('/nowhere/clamd.ctl')).to.equal('attachment.unscanned');
      expect(await filesLeft()).to.deep.equal([]);
      using clean = await clamdSaying('stream: OK\0');
      expect(await take(clean.address)).to.equal('kept');
      expect(await filesLeft()).to.deep.equal(['abcd']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
