/** C2SP tlog-proof: the position of an entry in the tree. */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';

export const manifestProof = 'manifest.tlog-proof';

/**
 * @param {string} name of the file, which contains the index @param {string} text @param {string} note the checkpoint it
 * must end with
 * @returns {{ index: number, proof: Buffer[] }}
 */
export function readProof(name, text, note) {
  const [, digits, hashes, rest] =
    /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d*)\n((?:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\n)*)\n([^]*)$/.exec(
      text,
    ) ?? [];
  if (digits === undefined || (name !== manifestProof && !name.endsWith(`proofs/${digits}.tlog-proof`)))
    throw new Finding('damaged', `${name} 的格式不对`);
  if (rest !== note) throw new Finding('damaged', `${name} 里的检查点与包里的不是同一个`);
  // The last letter has no spare bit, so each line has only one form per hash.
  const proof = hashes
    .split('\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line, 'base64'));
  return { index: Number(digits), proof };
}
