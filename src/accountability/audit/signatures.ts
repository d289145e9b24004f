/** Verifies checkpoints: their signers, their witnesses, and whether the tree still matches them. */
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { isSucceededBy } from '../log/rotation.js';
import { isSignedBy, parseKey } from '../log/vkey.js';
import type { SignedRow } from '../store/audit-store.js';
import { cosignatureIn } from '../witness/cosignature.js';
import type { Findings } from './finding.js';
import type { Voucher } from './verdict.js';

export interface ReadNote {
  readonly size: number;
  readonly root: Buffer;
  /** Those of the known public keys that have signed the note. */
  readonly signers: readonly string[];
}

/** @param vkeys known keys @returns undefined if the note is no checkpoint */
export function readNote(note: string, vkeys: readonly string[]): ReadNote | undefined {
  const [, text, origin, digits, encoded, lines] =
    /^(([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^ \n]+ [A-Za-z0-9+/=]+\n)+)$/.exec(
      note,
    ) ?? [];
  if (text === undefined || encoded === undefined || lines === undefined) return undefined;
  const signatures = lines.split('\n').map((line) => Buffer.from(line.split(' ')[2] ?? '', 'base64'));
  const signers = vkeys.filter((vkey) => {
    const key = parseKey(vkey, 'ed25519', 'sm2');
    return (
      key !== undefined &&
      key.name === origin &&
      signatures.some(
        (bytes) => bytes.subarray(0, 4).equals(key.id) && isSignedBy(key, text, bytes.subarray(4)),
      )
    );
  });
  return { size: Number(digits), root: Buffer.from(encoded, 'base64'), signers };
}

export interface SignatureCheck {
  readonly checkpoints: number;
  readonly witnessed: number;
  readonly last: string | undefined;
  /** The newest statement of every configured witness. */
  readonly vouchers: readonly Voucher[];
}

/**
 * @param roots roots of the tree by size @param size of the tree @param named public keys of the
 * installation's witnesses
 */
export async function checkSignatures(
  findings: Findings,
  transaction: Transaction,
  rows: AsyncIterable<readonly SignedRow[]>,
  roots: ReadonlyMap<number, Buffer>,
  size: number,
  named: ReadonlySet<string>,
  law: Law,
): Promise<SignatureCheck> {
  const vouchers = new Map<string, Voucher>();
  let [checkpoints, witnessed] = [0, 0];
  let last: string | undefined;
  for await (const batch of rows) {
    for (const row of batch) {
      checkpoints += 1;
      const name = `${row.size} 条的检查点`;
      const read = readNote(row.note, [row.vkey]);
      if (read?.size !== row.size) findings.add('damaged', `${name}读不了`);
      else if (read.signers.length === 0) findings.add('forged', `${name}的签名不成立`);
      else if (row.size > size) findings.add('log-cut', `已签到 ${row.size} 条，全库只有 ${size} 条`);
      else if (!roots.get(row.size)?.equals(read.root))
        findings.add('rewritten', `前 ${row.size} 条已不是检查点所签的`);
      if (last !== undefined && row.vkey !== last && !(await isSucceededBy(transaction, last, row.vkey, law)))
        findings.add('key-swapped', `${name}由 ${row.vkey} 签名，没有从 ${last} 换过来的条目`);
      last = row.vkey;
      for (const { witness, line } of row.cosignatures) {
        const key = parseKey(witness, 'cosignature');
        const word = key && cosignatureIn(line, key, row.note);
        if (word) {
          witnessed += 1;
          const name = `见证人 ${key.name}`;
          if (named.has(witness)) vouchers.set(witness, { name, size: row.size, at: word.cosignedAt });
        } else findings.add('rewritten', `${witness.split('+')[0] ?? ''} 联署的不是现在的 ${name}`);
      }
    }
  }
  return { checkpoints, witnessed, last, vouchers: [...vouchers.values()] };
}

/** Compares a checkpoint kept outside with the present tree. */
export function checkKept(
  findings: Findings,
  note: string,
  vkeys: readonly string[],
  { roots, size }: { readonly roots: ReadonlyMap<number, Buffer>; readonly size: number },
): void {
  const kept = readNote(note, vkeys);
  if (!kept) findings.add('damaged', '所存的检查点读不了');
  else if (kept.signers.length === 0)
    findings.add('key-swapped', '所存的检查点不是由现在的密钥或其前任签名的');
  else if (kept.size > size)
    findings.add(
      'log-cut',
      `所存的检查点签了 ${kept.size} 条，全库只有 ${size} 条：截去了尾部，或者恢复了旧的备份`,
    );
  else if (!roots.get(kept.size)?.equals(kept.root))
    findings.add(
      kept.size === size ? 'two-histories' : 'rewritten',
      `前 ${kept.size} 条已不是所存的检查点所签的：历史被重写后再签了名`,
    );
}
