/** Three sample requests for a first start, loaded once into an empty database. */
import { toShanghaiIso } from '../calendar/index.js';
import type { Executor } from '../engine/index.js';
import type { Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import type { Sheets, WorkOrder } from '../sheet/index.js';
import { acceptRequests } from './accept-requests.js';

type Sample = Pick<WorkOrder, 'channel' | 'kind' | 'title' | 'content' | 'callerName' | 'callerContact'>;

const samples: readonly Sample[] = [
  {
    channel: 'phone',
    kind: 'help',
    title: '小区突然停水,没有人通知',
    content:
      '今天一早全楼都没有水,物业和自来水公司的电话都打不通,也没见到停水通知。家里有老人和婴儿,想知道什么时候来水。',
    callerName: '示例来电人甲',
    callerContact: '13800000001',
  },
  {
    channel: 'wechat',
    kind: 'complaint',
    title: '工地夜间施工噪声扰民',
    content: '楼下工地连续三天施工到凌晨两点,打桩声很大,孩子没法睡觉。请查一查有没有夜间施工许可。',
    callerName: '示例来电人乙',
    callerContact: '13800000002',
  },
  {
    channel: 'phone',
    kind: 'help',
    title: '护照落在出租车上了',
    content:
      '昨晚从火车站打车回家,护照落在后排座位上,没要发票,只记得上车时间和大概路线,后天就要出国,请帮忙联系出租车公司。',
    callerName: '示例来电人丙',
    callerContact: '13800000003',
  },
];

export interface SampleDeps {
  readonly database: Database;
  readonly executor: Executor;
  readonly sheets: Sheets;
  readonly clock: Clock;
}

/** @returns number loaded: none if there are work orders */
export async function loadSamples(deps: SampleDeps): Promise<number> {
  return deps.database.transaction(async (transaction) => {
    await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.samples'))");
    const [stand] = await deps.sheets.list(transaction, { realm: 'live', limit: 1, fenced: false });
    if (stand) return 0;
    const receivedAt = deps.clock.now();
    const numbers = await deps.sheets.nextNumbers(
      transaction,
      toShanghaiIso(receivedAt).slice(0, 10),
      samples.length,
    );
    const orders = samples.map((sample, index): WorkOrder => ({
      ...sample,
      no: numbers[index] ?? '',
      realm: 'live',
      callerAddress: null,
      externalNo: null,
      replyWanted: true,
      confidential: false,
      district: null,
      receivedAt,
    }));
    await acceptRequests(deps, transaction, orders, { actor: '示例数据' });
    return orders.length;
  });
}
