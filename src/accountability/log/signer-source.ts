/** Selects the installation's signer from settings and key files. */
import { join } from 'node:path';
import type { CheckpointTable } from '../store/checkpoint-store.js';
import { commandSigner } from './command-signer.js';
import { readSigner } from './ed25519-signer.js';
import type { LogSigner, Signer } from './signer.js';
import { readSm2Signer } from './sm2-signer.js';

const setting = (environment: NodeJS.ProcessEnv, name: string): string | undefined =>
  environment[name]?.trim() || undefined;

/** `HOTLINE_LOG_KEY_FILE`; default: `keys/trail.key` in the data directory. */
export const logKeyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  setting(environment, 'HOTLINE_LOG_KEY_FILE') ?? join(directory, 'keys', 'trail.key');

/** `HOTLINE_LOG_SM2_KEY_FILE`; default: `keys/trail-sm2.key` in the data directory. */
export const sm2KeyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  setting(environment, 'HOTLINE_LOG_SM2_KEY_FILE') ?? join(directory, 'keys', 'trail-sm2.key');

/**
 * The command in `HOTLINE_LOG_SIGNER`, else the key file; for the second tree the command in
 * `HOTLINE_LOG_SM2_SIGNER`, else, if `HOTLINE_LOG_SM2` is `on`, a key file. Callers ask before each
 * signature, so that a rotated key is used at once.
 *
 * @param mayCreate whether a key file may be created for the tree with these checkpoints; default:
 * always
 */
export function signerSource(
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
  mayCreate?: (checkpoints: CheckpointTable) => Promise<boolean>,
): () => Promise<LogSigner> {
  const main =
    commandSource(setting(environment, 'HOTLINE_LOG_SIGNER'), 'ed25519') ??
    (() =>
      readSigner(
        logKeyFileOf(directory, environment),
        undefined,
        mayCreate && (() => mayCreate('trail_checkpoint')),
      ));
  const soft = setting(environment, 'HOTLINE_LOG_SM2') === 'on';
  const second =
    commandSource(setting(environment, 'HOTLINE_LOG_SM2_SIGNER'), 'sm2') ??
    (soft
      ? async (name: string) =>
          readSm2Signer(
            sm2KeyFileOf(directory, environment),
            name,
            mayCreate && (() => mayCreate('trail_sm_checkpoint')),
          )
      : () => Promise.resolve(undefined));
  return async () => {
    const signer = await main();
    return { ...signer, second: await second(`${signer.name}/sm`) };
  };
}

/** The command is asked for its key once: the key does not change while the program runs. */
function commandSource(command: string | undefined, algorithm: Signer['algorithm']) {
  if (!command) return undefined;
  let known: Promise<Signer> | undefined;
  return () => {
    known ??= commandSigner(command, algorithm);
    known.catch(() => (known = undefined));
    return known;
  };
}
