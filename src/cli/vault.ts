/** `hotline vault rotate`: re-encrypts the vault with the current key. */
import { Refusal } from '../kernel/refusal.js';
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';

export function register(program: ChineseCommand): void {
  program
    .word('vault', '加密保存的资料')
    .word('rotate', '把加密保存的资料都换到现用的密钥下；可以中断，再执行时接着做（docs/personal-data.md）')
    .json()
    .answersOfSystem(rotate);
}

async function rotate({ database, vault }: System): Promise<Answer> {
  const { rotateVault } = await import('../cases/index.js');
  const { keepCurrentKey } = await import('../identity/index.js');
  const { vaultTables } = await import('../main.js');
  const renewed = await rotateVault({ database, vault, tables: vaultTables });
  if (renewed.every(({ damaged }) => damaged.length === 0)) await keepCurrentKey(database, vault);
  const words = (): string => {
    const damaged = renewed.flatMap((one) =>
      one.damaged.map((key) => `${one.title} ${Object.values(key).join(' ')}`),
    );
    if (damaged.length > 0) {
      const some = damaged.slice(0, 20).join('；');
      throw new Refusal('vault.locked', `其余的都换了密钥，有 ${damaged.length} 条打不开：${some}`, {
        remedy: '旧密钥还在密钥文件里的，就是密文损坏或者被挪动过，请从备份恢复这几条；旧密钥先不要撤去',
      });
    }
    const lines = renewed.map(({ title, rows }) => `  ${title}：${rows} 条换了密钥`);
    return [...lines, '都在现用的密钥下了；各台程序都已重启过的，旧密钥可以撤去'].join('\n');
  };
  return { data: renewed, words };
}
