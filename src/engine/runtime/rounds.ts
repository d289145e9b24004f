/** Counts how often a step goes round a cycle in the drawing: an endless loop must not block the program. */
import { Refusal } from '../../kernel/refusal.js';
import { circlesOf, roundInWords, type Circles } from '../model/circles.js';
import type { Definition, StepEvent } from './interface.js';

/** Most rounds in one step. Legitimate repetition is a multi-instance activity or a loop, which is not counted. */
const mostRounds = 100;

export interface Rounds {
  /** @throws {Refusal} `flow.endless`, naming the cycle */
  readonly note: (event: StepEvent) => void;
}

export function countRounds(definition: Definition): Rounds {
  const { flows, heads }: Circles = circlesOf(definition);
  if (flows.size === 0) return { note: () => undefined };
  const taken = new Map<string, number>();
  /** Runs of a level that began in this step: each counts its own rounds. */
  const begun = new Map<string, number>();
  const entered = new Set<string>();
  /** Number of tokens, on any level, that had waited before the step. */
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
    `流程在 ${roundInWords(nodes)} 之间绕了 ${mostRounds} 圈仍未停下，陷入了死循环。`,
    {
      remedy: '请在循环中加入会等待的任务或事件，或改正循环的条件。',
      ...(where === undefined ? {} : { where }),
    },
  );
}
