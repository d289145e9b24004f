/**
 * The witness as a separate program: `node verifier/witness-server.mjs`. Needs only Node.js and this folder; run by
 * another organisation than the log's operator.
 */
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWitness, readWitnessKey } from './witness.mjs';

export { openWitness };

const usage = `用法：
  init 目录 --name 名称 --log 公钥        建立见证人：生成密钥，写明见证哪个轨迹
  serve 目录 [--host 地址] [--port 端口]  以 HTTP 见证（C2SP tlog-witness），按 Ctrl-C 停止
  sign 目录 请求文件 答复文件             网络不通时：看一份请求，写出联署
  key 目录                                显示公钥`;

const longestRequest = 64 * 1024;

/**
 * @param {string[]} parameters @param {(text: string) => void} say @param {AbortSignal} [signal] stops the server
 * @returns {Promise<number>} exit code
 */
export async function runWitness(parameters, say, signal) {
  let values, positionals;
  try {
    const text = { type: 'string' };
    const options = { name: text, log: text, host: text, port: text };
    ({ values, positionals } = parseArgs({ args: parameters, allowPositionals: true, options }));
  } catch {
    say(usage);
    return 2;
  }
  const [verb, folder, ...files] = positionals;
  const now = () => Date.now();
  if (verb === 'init' && folder && values.name && values.log)
    say(initialise(folder, values.name, values.log));
  else if (verb === 'key' && folder) say(openWitness(folder, now).vkey);
  else if (verb === 'sign' && folder && files.length === 2) {
    const { status, body } = openWitness(folder, now).addCheckpoint(readFileSync(files[0], 'utf8'));
    if (status !== 200) {
      say(
        `没有联署（${status}）：${body.trim()}${status === 409 ? ' 是这里上次联署的大小，请据此重新开出请求' : ''}`,
      );
      return 1;
    }
    writeFileSync(files[1], body);
    say(`已联署，答复在 ${files[1]}`);
  } else if (verb === 'serve' && folder) {
    const port = Number(values.port ?? 12346);
    const server = await serveWitness(openWitness(folder, now), values.host ?? '127.0.0.1', port);
    say(
      `见证人已启动：http://${values.host ?? '127.0.0.1'}:${server.address().port}\n公钥 ${openWitness(folder, now).vkey}`,
    );
    await new Promise((resolve) => {
      signal?.addEventListener('abort', resolve, { once: true });
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    server.closeAllConnections();
    server.close();
  } else {
    say(usage);
    return 2;
  }
  return 0;
}

function initialise(folder, name, log) {
  if (existsSync(join(folder, 'witness.key'))) throw new Error(`${folder} 里已有见证人`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = `${name} ${randomBytes(32).toString('base64')}\n`;
  const { vkey } = readWitnessKey(key);
  writeFileSync(join(folder, 'policy'), `log ${log}\nquorum none\n`);
  writeFileSync(join(folder, 'witness.key'), key, { mode: 0o600, flag: 'wx' });
  openWitness(folder, () => 0);
  return `见证人的公钥（交给系统一方）：\n${vkey}`;
}

/** @param {ReturnType<typeof openWitness>} witness @param {string} host @param {number} port */
export function serveWitness(witness, host, port) {
  const server = createServer((request, response) => {
    const answer = ({ status, body, type = 'text/plain; charset=utf-8', at }) =>
      response
        .writeHead(status, { 'Content-Type': type, ...(at ? { 'Last-Modified': at.toUTCString() } : {}) })
        .end(body);
    const path = request.url?.split('?')[0];
    if (request.method === 'GET' && path === '/') return answer({ status: 200, body: `${witness.vkey}\n` });
    const [, log] = /^\/checkpoint\/([0-9a-f]{64})$/.exec(path ?? '') ?? [];
    if (request.method === 'GET' && log) return answer(witness.lastSeen(log));
    if (path !== '/add-checkpoint') return answer({ status: 404, body: '没有这个地址\n' });
    if (request.method !== 'POST') return answer({ status: 405, body: '须用 POST\n' });
    const parts = [];
    let length = 0;
    request.on('data', (part) => {
      length += part.length;
      if (length <= longestRequest) parts.push(part);
    });
    request.on('end', () => {
      if (length > longestRequest) return answer({ status: 413, body: '请求过长\n' });
      // Synchronous from reading the last head to setting the next: concurrent requests are serialised.
      try {
        answer(witness.addCheckpoint(Buffer.concat(parts).toString('utf8')));
      } catch (error) {
        process.stderr.write(`见证人出错：${error.message}\n`);
        answer({ status: 500, body: '见证人出错\n' });
      }
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await runWitness(process.argv.slice(2), (text) => process.stdout.write(`${text}\n`));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
