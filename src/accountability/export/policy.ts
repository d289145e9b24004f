/** Trusted keys of an export, in C2SP tlog-policy notation. */
import type { Witnessed } from '../store/cosignature-store.js';
import type { Signed } from './evidence.js';

/**
 * Lists exactly the keys that signed the exported checkpoints. Every co-signer is required, so that
 * no signature can be removed. Auditors decide in their own policy whom they trust.
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
