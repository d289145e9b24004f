/**
 * A witness as an outside place: it knows up to which size it has seen the log. `../witness/ask.ts`
 * asks for co-signatures.
 */
import { createHash } from 'node:crypto';
import type { Witness } from '../witness/policy.js';
import { instantIn, type Anchor } from './anchor.js';

/** Timeout in milliseconds. */
const patience = 5000;

export function witnessAnchor({ name, url }: Witness): Anchor {
  const said = `见证人 ${name}`;
  const anchor = {
    kind: 'witness',
    name: said,
    every: null,
    keep: () => Promise.resolve({ words: '' }),
  } as const;
  if (url === undefined) return anchor;
  return {
    ...anchor,
    newest: async (origin) => {
      const log = createHash('sha256').update(origin).digest('hex');
      const answer = await fetch(`${url}/checkpoint/${log}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      }).catch((cause: unknown) => {
        throw new Error(`${said} 没有答复`, { cause });
      });
      const note = (await answer.text()).slice(0, 10_000);
      if (answer.status === 204) return undefined;
      if (answer.status !== 200) throw new Error(`${said} 答复 ${answer.status}：它不告知留存的检查点`);
      const size = Number(note.split('\n')[1]);
      if (!Number.isSafeInteger(size)) throw new Error(`${said} 的答复不是检查点`);
      return { note, size, at: instantIn(answer.headers.get('last-modified')) };
    },
  };
}
