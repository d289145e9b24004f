/** `hotline trail rotate-key`: another key signs from now on, with an entry that both have signed. */
import { rename } from 'node:fs/promises';
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('rotate-key')
    .description('更换签名密钥:写下新旧两把都签的条目,此后由新的签')
    .option('--to-signer <命令>', '新密钥在签名命令里(以后的 HOTLINE_LOG_SIGNER);默认生成新的密钥文件')
    .action((options: { toSigner?: string }) => guarded(() => run(options.toSigner)));
}

async function run(toSigner: string | undefined): Promise<void> {
  const { commandSigner, logKeyFileOf, readSigner, rotate, sequence, signCheckpoint, signerSource } =
    await import('../accountability/index.js');
  const { databaseSettings } = await import('../persistence/index.js');
  await withSystem('trail rotate-key', async (system) => {
    const { directory } = databaseSettings();
    const old = await signerSource(directory)();
    const file = logKeyFileOf(directory);
    // A run that died half-way left the new key there: it is taken up again.
    const next = toSigner ? await commandSigner(toSigner) : await readSigner(`${file}.next`, old.name);
    await rotate(system, old, next);
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: next });
    if (toSigner) return `已换为 ${next.vkey}\n以 HOTLINE_LOG_SIGNER='${toSigner}' 重启各个程序`;
    await rename(file, `${file}.${old.keyId.toString('hex')}`).catch((error: NodeJS.ErrnoException) => {
      // The old key was in a command.
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(`${file}.next`, file);
    return `已换为 ${next.vkey}\n旧密钥改名为 ${file}.${old.keyId.toString('hex')};别的机器上的密钥文件也要换成新的`;
  });
}
