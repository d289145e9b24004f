/** A sample request for a first start, loaded once into an empty database. */
import { toShanghaiIso } from '../calendar/index.js';
import type { Executor } from '../engine/index.js';
import type { Clock } from '../kernel/index.js';
import { channelBy, usualKind } from '../kernel/kinds.js';
import type { Database } from '../persistence/index.js';
import { toWgs84, type Place, type Sheets, type WorkOrder } from '../sheet/index.js';
import { acceptRequests } from './accept-requests.js';

const sample = {
  title: '小区突然停水,没有人通知',
  content:
    '今天一早全楼都没有水,物业和自来水公司的电话都打不通,也没见到停水通知。家里有老人和婴儿,想知道什么时候来水。',
  callerName: '示例来电人甲',
  callerContact: '13800000001',
  district: '历下区',
} as const;

/** As somebody would take it from a public map. */
const spot = { longitude: 117.0455, latitude: 36.6632, system: 'GCJ-02' } as const;
const place: Place = {
  address: '解放路与历山路路口东北侧的居民小区',
  given: spot,
  point: toWgs84(spot),
  ofCaller: false,
  within: null,
};

export interface SampleDeps {
  readonly database: Database;
  readonly executor: Executor;
  readonly sheets: Sheets;
  readonly clock: Clock;
}

/** @returns whether it was loaded: not if there are work orders */
export async function loadSample(deps: SampleDeps): Promise<boolean> {
  return deps.database.transaction(async (transaction) => {
    await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.samples'))");
    const [stand] = await deps.sheets.list(transaction, { realm: 'live', limit: 1, fenced: false });
    if (stand) return false;
    const receivedAt = deps.clock.now();
    const day = toShanghaiIso(receivedAt).slice(0, 10);
    const [no = ''] = await deps.sheets.nextNumbers(transaction, day, 1);
    const order: WorkOrder = {
      ...sample,
      channel: channelBy('telephone'),
      kind: usualKind(),
      no,
      realm: 'live',
      callerAddress: null,
      externalNo: null,
      replyWanted: true,
      confidential: false,
      language: 'zh',
      messagesWanted: true,
      place,
      receivedAt,
    };
    await acceptRequests(deps, transaction, [order], { actor: '示例数据' });
    return true;
  });
}
