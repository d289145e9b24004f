import type { Json } from '../../../kernel/json.js';
import { Refusal } from '../../../kernel/refusal.js';
import type { SavedRuns } from './own-variables.js';
import type { State } from '../interface.js';

/** An instance's saved state. */
export interface Saved {
  /** Names used so far, see `counted-ids.ts`. */
  readonly names: number;
  /** The library's own state, without what every step provides anew. */
  readonly run: Json;
  /** Variables of activities' own. */
  readonly own?: SavedRuns;
}

/** @param run result of the library's `getState`; its environments are rebuilt by every step */
export function save(names: number, run: unknown, own: SavedRuns): State {
  const text = JSON.stringify(run, (key, value: unknown) => {
    if (key === 'environment') return undefined;
    return isMessage(value) ? withoutTime(value) : value;
  });
  return { names, run: JSON.parse(text) as Json, ...(own.length > 0 ? { own: own as unknown as Json } : {}) };
}

/** @throws {Refusal} `internal.error` for another runtime's state */
export function saved(state: State): Saved {
  if (typeof state === 'object' && state !== null && 'names' in state && 'run' in state) {
    return state as unknown as Saved;
  }
  throw new Refusal('internal.error', '保存的流程状态不是 bpmn-engine 运行时写下的。', {
    remedy: '请用启动该流程时的运行时继续。',
  });
}

interface BrokerMessage {
  readonly fields: object;
  readonly content: object;
  readonly properties: { readonly timestamp?: number };
}

function isMessage(value: unknown): value is BrokerMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'fields' in value &&
    'content' in value &&
    'properties' in value
  );
}

/** Messages carry the host's time of day; unused, and it would make equal states differ. */
function withoutTime({ fields, content, properties }: BrokerMessage): object {
  const { timestamp: _dropped, ...kept } = properties;
  return { fields, content, properties: kept };
}
