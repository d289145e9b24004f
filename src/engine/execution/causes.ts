/** Limits chains of consequences within one command: processes that trigger each other must not block the program. */
import { Refusal } from '../../kernel/index.js';

/** Names of the processes in the chain so far, in order. */
export type Causes = readonly string[];

/** Most messages of one case in a chain without an act from outside. */
const mostLinks = 50;
/** Most conditions of one instance that become true, and firings of one timer at one instant. */
const mostRepeats = 100;

/** @throws {Refusal} `flow.endless`, naming the circle */
export function linked(causes: Causes, process: string, businessKey: string): Causes {
  const longer = [...causes, process];
  if (longer.length <= mostLinks) return longer;
  const since = longer.lastIndexOf(process, longer.length - 2);
  const round = longer.slice(since < 0 ? 0 : since).map((name) => `“${name}”`);
  throw new Refusal(
    'flow.endless',
    `工单 ${businessKey} 的流程 ${round.join('→')} 之间的通知互相触发成环，一次推进里传了 ${mostLinks} 次仍未停下`,
    { remedy: '检查各流程之间的消息、信号是否互相触发；在环里加入会等待的任务或事件' },
  );
}

/** Counts repetitions; @throws {Refusal} `flow.endless` above the limit */
export function countRepeats(): (key: string, where: string | null, says: string) => void {
  const times = new Map<string, number>();
  return (key, where, says) => {
    const now = (times.get(key) ?? 0) + 1;
    times.set(key, now);
    if (now <= mostRepeats) return;
    throw new Refusal('flow.endless', `${says}了 ${mostRepeats} 次仍未停下，陷入了死循环`, {
      remedy: '在环里加入会等待的任务或事件，或者改正期限、条件',
      ...(where === null ? {} : { where }),
    });
  };
}
