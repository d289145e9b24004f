/**
 * Derives from a stream's last entry what it proves about the state stored beside the trail. Called
 * at every step of a case.
 */
import type { Json, Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { parsed } from '../events/read-entry.js';
import { brokenTrail } from './broken.js';
import { leafHash } from './chain.js';

export interface Stored {
  readonly stream: string;
  readonly seq: number;
  readonly leaf: Buffer;
  readonly body: Buffer;
}

export interface End {
  readonly state: string | undefined;
  readonly bookmark: Json;
}

/**
 * A bookmark that points to an earlier entry comes from a row that was restored from a backup; the
 * state digest then decides.
 *
 * @param bookmark `[seq, leaf in base64]`, as stored with the case
 */
export function endOf(stream: string, last: Stored | undefined, bookmark: Json, law: Law): End | Refusal {
  const [seq, leaf] = Array.isArray(bookmark) ? (bookmark as readonly Json[]) : [];
  const reached = typeof seq === 'number' ? seq : 0;
  if (!last) return brokenTrail(stream, reached, '没有一条轨迹', law);
  if (!leafHash(last.body).equals(last.leaf))
    return brokenTrail(stream, last.seq, `第 ${last.seq} 条的内容与其哈希不符（内容被改动）`, law);
  const said = parsed(last.body.toString('utf8'));
  if (said?.stream !== stream || said.seq !== last.seq)
    return brokenTrail(stream, last.seq, `第 ${last.seq} 条不是这条链的这一条（条目被挪动）`, law);
  if (reached > last.seq)
    return brokenTrail(
      stream,
      reached,
      `工单记到第 ${reached} 条，条目只到第 ${last.seq} 条（尾部被截断）`,
      law,
    );
  const here = last.leaf.toString('base64');
  if (reached === last.seq && leaf !== here)
    return brokenTrail(stream, last.seq, `工单记的第 ${last.seq} 条不是现在这一条（条目被换过）`, law);
  const state = typeof said.state === 'string' ? said.state : undefined;
  return { state, bookmark: reached === last.seq ? bookmark : [last.seq, here] };
}
