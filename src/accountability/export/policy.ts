/** Whose signatures an export bears, as C2SP tlog-policy writes it. */
import type { Witnessed } from '../store/cosignature-store.js';
import type { Signed } from './evidence.js';

/**
 * The keys that checkpoints handed out together bear, and no other. All who have co-signed the checkpoint are asked for: no
 * line can be taken away. Whom to trust is for the auditor's own policy to say.
 */
export function policyOf(
  { checkpoint, witnesses, second }: Signed,
  earlier: readonly Witnessed[],
  vkey: string,
): string {
  const logs = new Set([vkey, checkpoint.vkey, ...earlier.map((one) => one.vkey)]);
  const known = new Set([...witnesses, ...earlier.flatMap((one) => one.witnesses)]);
  const nameOf = (witness: string): string => witness.slice(0, witness.indexOf('+'));
  const lines = [
    ...[...logs, ...(second ? [second.vkey] : [])].map((log) => `log ${log}`),
    ...[...known].map((witness) => `witness ${nameOf(witness)} ${witness}`),
    ...(witnesses.length > 0 ? [`group cosigned all ${witnesses.map(nameOf).join(' ')}`] : []),
    `quorum ${witnesses.length > 0 ? 'cosigned' : 'none'}`,
  ];
  return `${lines.join('\n')}\n`;
}
