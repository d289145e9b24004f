/** How often a step has gone round a drawn circle: one that nothing stops must not hold the program. */
import { Refusal } from '../../kernel/refusal.js';
import { circlesOf, roundInWords, type Circles } from '../model/circles.js';
import type { Definition, StepEvent } from './interface.js';

/** Rounds in one step. What repeats lawfully many times is a multi-instance activity or a loop, which is not counted. */
const mostRounds = 100;

export interface Rounds {
  /** @throws {Refusal} `flow.endless` with the circle in words */
  readonly note: (event: StepEvent) => void;
}

export function countRounds(definition: Definition): Rounds {
  const { flows, heads }: Circles = circlesOf(definition);
  if (flows.size === 0) return { note: () => undefined };
  const taken = new Map<string, number>();
  /** Runs of a level begun in this step: each goes its own rounds. */
  const begun = new Map<string, number>();
  const entered = new Set<string>();
  /** Tokens that had waited before the step, on whatever level. */
  let awoken = 0;
  return {
    note: (event) => {
      if (event.kind === 'entered') {
        entered.add(`${event.token} ${event.element}`);
        const level = heads.get(event.element);
        if (level !== undefined) begun.set(level, (begun.get(level) ?? 0) + 1);
      } else if (event.kind === 'left') {
        if (!entered.has(`${event.token} ${event.element}`)) awoken += 1;
      } else if (event.kind === 'taken') {
        const circle = flows.get(event.flow);
        if (!circle) return;
        const times = (taken.get(event.flow) ?? 0) + 1;
        taken.set(event.flow, times);
        if (times > mostRounds * Math.max(1, (begun.get(circle.level) ?? 0) + awoken)) {
          throw endless(circle.nodes);
        }
      }
    },
  };
}

function endless(nodes: Parameters<typeof roundInWords>[0]): Refusal {
  const where = nodes[0]?.id;
  return new Refusal(
    'flow.endless',
    `流程在 ${roundInWords(nodes)} 之间绕了 ${mostRounds} 圈仍未停下,陷入了死循环。`,
    {
      remedy: '请在循环中加入会等待的任务或事件,或改正循环的条件。',
      ...(where === undefined ? {} : { where }),
    },
  );
}
