/** Takes files in, stores them encrypted, and returns them. It does not decide on access. */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Refusal, type Log } from '../../kernel/index.js';
import type { Attachment } from './attachment.js';
import type { AttachmentFiles } from './files.js';
import type { AttachmentLimits } from './limits.js';
import { prepare } from './prepare.js';
import { receive, sweepReceived, tooLarge } from './receive.js';
import type { Scanner } from './scanner.js';
import { opened, sealed, Unopenable } from './sealed-stream.js';
import { createTurns } from './turns.js';

/** A stored file that has no row yet. */
type Taken = Pick<
  Attachment,
  | 'id'
  | 'kind'
  | 'mediaType'
  | 'receivedSha256'
  | 'receivedBytes'
  | 'keptSha256'
  | 'keptBytes'
  | 'thumbnailBytes'
  | 'key'
> & { readonly ending: string };

export interface AttachmentKeeper {
  readonly limits: AttachmentLimits;
  readonly store: AttachmentFiles['kind'];
  /** Whether a virus scanner is configured. */
  readonly scans: boolean;
  /**
   * @param id of the future attachment
   * @param declared size in bytes, if the sender declares it
   * @throws {Refusal} `attachment.too-large`, `attachment.unsupported`, `attachment.damaged`,
   * `attachment.infected`, `attachment.unscanned`, `attachment.store-failed`; `overloaded`;
   * `input.invalid` if it is empty or breaks off
   */
  take(id: string, source: AsyncIterable<Buffer>, declared: number | undefined): Promise<Taken>;
  /** @throws {Refusal} `attachment.missing`; during reading, `attachment.altered` */
  open(one: Attachment, part: Part): Promise<AsyncIterable<Buffer>>;
  /** The refusal of an altered file; it also alerts the operators. */
  altered(one: Attachment): Refusal;
  drop(id: string): Promise<void>;
  /** Removes what killed programs left while receiving. */
  sweep(before: Date): Promise<void>;
}

type Part = 'content' | 'thumbnail';

export interface KeeperDeps {
  readonly files: AttachmentFiles;
  /** Folder on this machine for files being received. */
  readonly aside: string;
  readonly limits: AttachmentLimits;
  readonly log: Log;
  /** Scans every received file; without it nothing is scanned. */
  readonly scanner?: Scanner | undefined;
}

/** Most files received at once: each costs a connection and 64 KiB. */
const mostReceived = 64;
/** Most files decoded at once: each may take some tens of megabytes and a core. */
const mostPrepared = 2;

const fileOf = (id: string, part: Part): string => (part === 'content' ? id : `${id}.thumbnail`);

const keyOf = (key: Buffer, part: Part): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `hotline attachment ${part}`, 32));

export function createAttachmentKeeper({ files, aside, limits, log, scanner }: KeeperDeps): AttachmentKeeper {
  const inTurn = createTurns(mostPrepared);
  let receiving = 0;

  const drop = async (id: string): Promise<void> => {
    await files.drop(fileOf(id, 'thumbnail'));
    await files.drop(fileOf(id, 'content'));
  };

  const store = async (id: string, source: AsyncIterable<Buffer>): Promise<Taken> => {
    const received = await receive(aside, source, limits.perFile);
    const key = randomBytes(32);
    try {
      await scanner?.scan(received.read());
      return await inTurn(async () => {
        const { media, content, thumbnail } = await prepare(received);
        const hash = createHash('sha256');
        let bytes = 0;
        const counted = async function* (): AsyncGenerator<Buffer> {
          for await (const chunk of content ? [content] : received.read()) {
            hash.update(chunk);
            bytes += chunk.length;
            yield chunk;
          }
        };
        await files.put(fileOf(id, 'content'), sealed(keyOf(key, 'content'), counted()));
        if (thumbnail) {
          await files.put(fileOf(id, 'thumbnail'), sealed(keyOf(key, 'thumbnail'), once(thumbnail)));
        }
        return {
          id,
          key,
          kind: media.kind,
          mediaType: media.type,
          ending: media.ending,
          receivedSha256: received.sha256,
          receivedBytes: received.bytes,
          keptSha256: hash.digest('hex'),
          keptBytes: bytes,
          thumbnailBytes: thumbnail?.length ?? null,
        };
      });
    } catch (error) {
      await drop(id);
      throw error;
    } finally {
      await received.drop();
    }
  };

  const altered = (one: Attachment): Refusal => {
    log.error('附件的文件被换过', new Error(`${one.workOrder} ${one.id}`));
    return new Refusal('attachment.altered', '现在存着的，不是轨迹里记下的那一个：文件被换过或者损坏了', {
      where: one.id,
      remedy: '不要使用它；请审计人员核验轨迹，并查明文件是怎样被改动的',
    });
  };

  const checked = async function* (one: Attachment, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* content;
    } catch (error) {
      throw error instanceof Unopenable ? altered(one) : error;
    }
  };

  return {
    limits,
    store: files.kind,
    scans: scanner !== undefined,
    altered,
    drop,
    take: async (id, source, declared) => {
      if (declared !== undefined && declared > limits.perFile) throw tooLarge(limits.perFile);
      if (receiving >= mostReceived) {
        throw new Refusal('overloaded', `同时在传的文件已有 ${mostReceived} 个`, { remedy: '过几秒再传' });
      }
      receiving += 1;
      try {
        return await store(id, source);
      } finally {
        receiving -= 1;
      }
    },
    open: async (one, part) => {
      const box = await files.get(fileOf(one.id, part));
      if (!box) {
        log.error('附件的文件不在', new Error(`${one.workOrder} ${one.id}`));
        throw new Refusal('attachment.missing', '这个附件的文件不在了', {
          where: one.id,
          remedy: '请系统管理员从备份恢复附件目录（docs/operations.md），并查明是怎样丢失的',
        });
      }
      return checked(one, opened(keyOf(one.key, part), box));
    },
    sweep: (before) => sweepReceived(aside, before),
  };
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(content);
}
