/** Exchanges files with an offline witness. */
import { writeFile } from 'node:fs/promises';
import { acceptCosignature, cosignatureRequest } from '../../accountability/index.js';
import { readWitnesses, type Witness } from '../../accountability/index.js';
import { Refusal } from '../../kernel/refusal.js';
import { withSystem } from '../frame/with-system.js';
import { noteIn } from './verify.js';

export interface RequestOptions {
  readonly witness: string;
  readonly out: string;
  readonly old?: string;
}

export interface AnswerOptions {
  readonly witness: string;
  readonly request: string;
  readonly answer: string;
}

/** Writes a request for a witness that no network reaches. */
export async function request({ witness: name, out, old }: RequestOptions): Promise<string> {
  const witness = await named(name);
  const size = old === undefined ? undefined : Number(old);
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0))
    throw new Refusal('usage.invalid', `--old ${String(old)} 不是条数`, { remedy: '例如 --old 1200' });
  return withSystem('trail request', async ({ database }) => {
    const body = await cosignatureRequest(database, witness, size);
    await writeFile(out, body).catch((cause: Error) => {
      throw new Refusal('file.unreadable', `请求 ${out} 写不了：${cause.message}`, {
        remedy: '核对路径和权限',
        cause,
      });
    });
    return `请求已写到 ${out}；请见证人执行 hotline trail witness sign 目录 ${out} 答复文件`;
  });
}

/** Takes the witness's answer to the request. */
export async function take({ witness: name, request: asked, answer }: AnswerOptions): Promise<string> {
  const witness = await named(name);
  const files = await Promise.all([noteIn(asked), noteIn(answer)]);
  return withSystem('trail cosigned', async ({ database }) => {
    const { size } = await acceptCosignature(database, witness, ...files);
    return `${witness.name} 已见证前 ${size} 条`;
  });
}

async function named(name: string): Promise<Witness> {
  const witnesses = await readWitnesses();
  const found = witnesses.find((witness) => witness.name === name);
  if (found) return found;
  throw new Refusal('usage.invalid', `没有名为 ${name} 的见证人`, {
    where: 'HOTLINE_TRAIL_WITNESSES',
    remedy: `已配置的：${witnesses.map((witness) => witness.name).join('、') || '无'}`,
  });
}
