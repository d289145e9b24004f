/** `hotline trail rotate-key`: replaces the signing key, with an entry signed by both keys. */
import { rename } from 'node:fs/promises';
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly toSigner?: string;
  readonly sm2?: boolean;
}

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('rotate-key')
    .description('更换签名密钥:写下新旧两把都签的条目,此后由新的签')
    .option(
      '--to-signer <命令>',
      '新密钥在签名命令里(以后的 HOTLINE_LOG_SIGNER、HOTLINE_LOG_SM2_SIGNER);默认生成新的密钥文件',
    )
    .option('--sm2', '更换的是国密的(SM2)那一把')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ toSigner, sm2 }: Options): Promise<void> {
  const accountability = await import('../accountability/index.js');
  const { commandSigner, logKeyFileOf, readSigner, readSm2Signer, rotate, sequence } = accountability;
  const { signCheckpoint, sm2KeyFileOf } = accountability;
  const { databaseSettings } = await import('../platform/database/index.js');
  await withSystem('trail rotate-key', async (system) => {
    const { directory } = databaseSettings();
    const signer = await system.signer();
    const old = sm2 ? signer.second : signer;
    if (!old) {
      throw new Refusal('trail.key', '没有启用国密的签名,没有可换的', {
        remedy: '先设 HOTLINE_LOG_SM2=on 或 HOTLINE_LOG_SM2_SIGNER',
      });
    }
    const file = sm2 ? sm2KeyFileOf(directory) : logKeyFileOf(directory);
    const readNext = sm2 ? readSm2Signer : readSigner;
    // Left by an interrupted run: continue with it.
    const next = toSigner
      ? await commandSigner(toSigner, old.algorithm)
      : await readNext(`${file}.next`, old.name);
    await rotate(system, old, next);
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: sm2 ? { ...signer, second: next } : { ...signer, ...next } });
    if (toSigner) {
      const variable = sm2 ? 'HOTLINE_LOG_SM2_SIGNER' : 'HOTLINE_LOG_SIGNER';
      return `已换为 ${next.vkey}\n以 ${variable}='${toSigner}' 重启各个程序`;
    }
    await rename(file, `${file}.${old.keyId.toString('hex')}`).catch((error: NodeJS.ErrnoException) => {
      // The old key was held by a command.
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(`${file}.next`, file);
    return `已换为 ${next.vkey}\n旧密钥改名为 ${file}.${old.keyId.toString('hex')};别的机器上的密钥文件也要换成新的`;
  });
}
