import { rename } from 'node:fs/promises';
import { commandSigner, logKeyFileOf, readSigner, readSm2Signer } from '../../accountability/index.js';
import { rotate, sequence, signCheckpoint, sm2KeyFileOf } from '../../accountability/index.js';
import { Refusal } from '../../kernel/refusal.js';
import type { System } from '../../main.js';
import { databaseSettings } from '../../platform/database/index.js';

export interface RotateOptions {
  readonly toSigner?: string;
  readonly sm2?: boolean;
}

/** Replaces the signing key, with an entry signed by both keys. */
export async function rotateKey(system: System, { toSigner, sm2 }: RotateOptions): Promise<string> {
  const { directory } = databaseSettings();
  const signer = await system.signer();
  const old = sm2 ? signer.second : signer;
  if (!old) {
    throw new Refusal('trail.key', '没有启用国密的签名，没有可换的', {
      remedy: '先设 HOTLINE_LOG_SM2=on 或 HOTLINE_LOG_SM2_SIGNER',
    });
  }
  const file = sm2 ? sm2KeyFileOf(directory) : logKeyFileOf(directory);
  const readNext = sm2 ? readSm2Signer : readSigner;
  // An interrupted run left this key; continue with it.
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
    // The old key was held by a command, so there is no file.
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(`${file}.next`, file);
  return `已换为 ${next.vkey}\n旧密钥改名为 ${file}.${old.keyId.toString('hex')}；别的机器上的密钥文件也要换成新的`;
}
