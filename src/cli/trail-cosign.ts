/** `hotline trail request` and `hotline trail cosigned`: exchange with an offline witness by files. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Witness } from '../accountability/index.js';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface RequestOptions {
  readonly witness: string;
  readonly out: string;
  readonly old?: string;
}

interface AnswerOptions {
  readonly witness: string;
  readonly request: string;
  readonly answer: string;
}

export function register(program: Command): void {
  const trail = group(program, 'trail', '审计轨迹');
  trail
    .command('request')
    .description('给网络不通的见证人写一份联署请求')
    .requiredOption('--witness <名称>', '见证人,如 HOTLINE_TRAIL_WITNESSES 文件里公钥的名称')
    .requiredOption('--out <文件>', '请求写到哪里')
    .option('--old <条数>', '它上次联署的大小(默认取本系统所记的)')
    .action((options: RequestOptions) => guarded(() => request(options)));
  trail
    .command('cosigned')
    .description('收下见证人带回的联署')
    .requiredOption('--witness <名称>', '见证人')
    .requiredOption('--request <文件>', '当时写出的请求')
    .requiredOption('--answer <文件>', '见证人的答复')
    .action((options: AnswerOptions) => guarded(() => take(options)));
}

async function request({ witness: name, out, old }: RequestOptions): Promise<void> {
  const { cosignatureRequest } = await import('../accountability/index.js');
  const witness = await named(name);
  const size = old === undefined ? undefined : Number(old);
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0))
    throw new Refusal('usage.invalid', `--old ${String(old)} 不是条数`, { remedy: '例如 --old 1200' });
  await withSystem('trail request', async ({ database }) => {
    const body = await cosignatureRequest(database, witness, size);
    await writeFile(out, body).catch((cause: Error) => {
      throw new Refusal('file.unreadable', `请求 ${out} 写不了:${cause.message}`, {
        remedy: '核对路径和权限',
        cause,
      });
    });
    return `请求已写到 ${out};请见证人执行 hotline trail witness sign 目录 ${out} 答复文件`;
  });
}

async function take({ witness: name, request: requestFile, answer: answerFile }: AnswerOptions) {
  const { acceptCosignature } = await import('../accountability/index.js');
  const witness = await named(name);
  const [asked, answer] = await Promise.all([text(requestFile), text(answerFile)]);
  await withSystem('trail cosigned', async ({ database }) => {
    const { size } = await acceptCosignature(database, witness, asked, answer);
    return `${witness.name} 已见证前 ${size} 条`;
  });
}

async function named(name: string): Promise<Witness> {
  const { readWitnesses } = await import('../accountability/index.js');
  const witnesses = await readWitnesses();
  const found = witnesses.find((witness) => witness.name === name);
  if (found) return found;
  throw new Refusal('usage.invalid', `没有名为 ${name} 的见证人`, {
    where: 'HOTLINE_TRAIL_WITNESSES',
    remedy: `已配置的:${witnesses.map((witness) => witness.name).join('、') || '无'}`,
  });
}

const text = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: Error) => {
    throw new Refusal('file.unreadable', `${file} 读不了:${cause.message}`, { remedy: '核对路径', cause });
  });
