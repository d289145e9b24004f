/** Sends received files to a virus scanner: clamd, with its command INSTREAM. */
import { connect, type NetConnectOpts } from 'node:net';
import { once } from 'node:events';
import { Refusal, type Log } from '../../kernel/index.js';

export interface Scanner {
  /** @throws {Refusal} `attachment.infected`; `attachment.unscanned` if the scanner cannot answer */
  scan(content: AsyncIterable<Buffer>): Promise<void>;
}

/** Milliseconds of silence after which the scanner counts as dead. */
const patience = 60_000;

/**
 * @param text `HOTLINE_CLAMD`: `host:port`, or the path of a socket
 * @throws {Refusal} `usage.invalid`
 */
export function scannerAt(text: string | undefined, log: Log): Scanner | undefined {
  const address = text?.trim();
  if (!address) return undefined;
  const at = address.startsWith('/') ? { path: address } : hostAndPort(address);
  return {
    scan: async (content) => {
      const answer = await answerOf(at, content).catch((cause: unknown) => {
        log.error('问不到病毒扫描（clamd）', cause);
        return '';
      });
      if (answer === 'stream: OK') return;
      const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
      if (found !== undefined) {
        throw new Refusal('attachment.infected', `病毒扫描在文件里发现了 ${found}`, {
          remedy: '不要打开它；清除病毒以后，或者换一份再传',
        });
      }
      if (answer !== '') log.error('病毒扫描（clamd）没有结论', new Error(answer));
      throw new Refusal('attachment.unscanned', '病毒扫描现在没有答复，文件没有收下', {
        remedy: '过几分钟再传；一直不行的，请系统管理员看 clamd 是否在运行、StreamMaxLength 够不够大',
      });
    },
  };
}

function hostAndPort(address: string): NetConnectOpts {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(address) ?? [];
  if (host !== '' && Number(port) > 0 && Number(port) < 65536) return { host, port: Number(port) };
  throw new Refusal('usage.invalid', `HOTLINE_CLAMD“${address}”不是 clamd 的地址`, {
    remedy: '写成 主机：端口（例如 127.0.0.1:3310），或者套接字的路径（例如 /run/clamav/clamd.ctl）',
  });
}

async function answerOf(at: NetConnectOpts, content: AsyncIterable<Buffer>): Promise<string> {
  const socket = connect(at);
  socket.setTimeout(patience, () => socket.destroy(new Error(`no answer in ${patience} ms`)));
  const answer = new Promise<string>((resolve, reject) => {
    let said = '';
    socket.setEncoding('latin1').on('data', (part: string) => (said += part));
    // If a file is too large for it, the scanner answers and closes the connection before
    // everything was sent.
    socket.on('error', (error) => (said === '' ? reject(error) : resolve(said)));
    socket.on('end', () => resolve(said));
    socket.on('close', () => resolve(said));
  });
  const hungUp = new AbortController();
  try {
    await Promise.race([answer, send()]);
    return (await answer).replace(/\0$/, '').trim();
  } finally {
    // Also stops reading the content if the answer came before everything was sent.
    hungUp.abort();
    socket.destroy();
  }

  async function send(): Promise<void> {
    for await (const piece of framed(content))
      if (!socket.write(piece)) await once(socket, 'drain', { signal: hungUp.signal });
  }
}

/** Each piece is preceded by its length; an empty piece marks the end. */
async function* framed(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of content) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    yield Buffer.concat([length, piece]);
  }
  yield Buffer.alloc(4);
}
