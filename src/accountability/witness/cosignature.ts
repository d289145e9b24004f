/** A witness's answer: a signature line with the time of signing (C2SP tlog-cosignature). */
import { isSignedBy, type PublicKey } from '../log/vkey.js';

export interface Cosignature {
  /** The witness's public key. */
  readonly witness: string;
  /** Includes the line break. */
  readonly line: string;
  /** Time of signing by the witness's clock. */
  readonly cosignedAt: Date;
}

/** The signed text of a note: everything before the blank line. */
const signedTextOf = (note: string): string => note.slice(0, note.indexOf('\n\n') + 1);

/** The first line of the answer with a valid signature of this witness; other lines are ignored. */
export function cosignatureIn(answer: string, witness: PublicKey, note: string): Cosignature | undefined {
  for (const line of answer.split('\n')) {
    const [, name, encoded = ''] = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    if (name !== witness.name || bytes.length !== 76 || !bytes.subarray(0, 4).equals(witness.id)) continue;
    const time = Number(bytes.readBigUInt64BE(4));
    const message = `cosignature/v1\ntime ${time}\n${signedTextOf(note)}`;
    const isRight = time <= latestTime && isSignedBy(witness, message, bytes.subarray(12));
    if (isRight && bytes.toString('base64') === encoded)
      return { witness: witness.vkey, line: `${line}\n`, cosignedAt: new Date(time * 1000) };
  }
  return undefined;
}

/** Unix time in seconds, the end of the year 9999. */
const latestTime = 253_402_300_799;
