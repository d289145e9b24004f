/**
 * Signs by an operator's command, for keys in a module, a card, or on another machine. `COMMAND vkey` prints the public
 * key in C2SP notation; `COMMAND sign` reads the text from standard input and prints the base64 of the signature (for
 * SM2: r ‖ s, 32 bytes each).
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { Refusal } from '../../kernel/index.js';
import type { Signer } from './signer.js';
import { isSignedBy, parseKey } from './vkey.js';

/** Timeout in milliseconds. */
const patience = 10_000;

/**
 * @param command words separated by spaces; not interpreted by a shell
 * @throws {Refusal} `trail.key` if the command fails or returns no key of this kind; `sign` also for an invalid
 * signature
 */
export async function commandSigner(
  command: string,
  algorithm: Signer['algorithm'] = 'ed25519',
): Promise<Signer> {
  const key = parseKey(await answerOf(command, 'vkey', ''), algorithm);
  if (!key) throw unusable(command, `vkey 的答复不是 ${kinds[algorithm]} 公钥（名称+编号+base64）`);
  return {
    name: key.name,
    algorithm,
    keyId: key.id,
    vkey: key.vkey,
    sign: async (message) => {
      const signature = Buffer.from(await answerOf(command, 'sign', message), 'base64');
      if (!isSignedBy(key, message.toString('utf8'), signature)) throw unusable(command, '签名与公钥不符');
      return signature;
    },
  };
}

const kinds: Readonly<Record<Signer['algorithm'], string>> = { ed25519: 'Ed25519', sm2: 'SM2' };

async function answerOf(command: string, verb: 'vkey' | 'sign', input: string | Buffer): Promise<string> {
  const [program = '', ...parameters] = command.trim().split(/\s+/);
  const child = spawn(program, [...parameters, verb], { stdio: ['pipe', 'pipe', 'pipe'], timeout: patience });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve(code ?? signal ?? ''));
  });
  try {
    // A command that ignores its input may close the stream; its exit code reports a fault.
    child.stdin.on('error', () => undefined).end(input);
    const [answer, complaint, outcome] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (outcome !== 0) throw new Error(`以 ${outcome} 退出 ${complaint.trim().slice(0, 500)}`);
    return answer.trim();
  } catch (cause) {
    throw unusable(command, `${verb}：${String((cause as Error).message)}`, cause);
  }
}

const unusable = (command: string, what: string, cause?: unknown): Refusal =>
  new Refusal('trail.key', `签名命令“${command}”不能使用：${what}`, {
    remedy: '核对 HOTLINE_LOG_SIGNER、HOTLINE_LOG_SM2_SIGNER 和签名模块',
    cause,
  });
