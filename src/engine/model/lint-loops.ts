import { duty, isActivity, type LoopCharacteristics } from './bpmn-types.js';
import type { Report } from './finding.js';
import { label, type Elements } from './walk.js';

/** Repetitions must state their number, in exactly one way. */
export function loopFindings({ nodes }: Elements, report: Report): void {
  for (const node of nodes) {
    const loop = node.loopCharacteristics;
    if (!loop || !isActivity(node)) continue;
    if (loop.$type === 'bpmn:StandardLoopCharacteristics') {
      if (loop.loopCondition === undefined && loop.loopMaximum === undefined) {
        report('loop-endless', node, `${label(node)} 的循环没有条件，也没有次数上限。`);
      }
      continue;
    }
    const ways = waysOf(loop);
    if (ways === 0) report('loop-unmeasured', node, `${label(node)} 的多实例没有写份数，也没有集合。`);
    if (ways > 1) report('loop-ambiguous', node, `${label(node)} 的多实例同时写了份数和集合，只能写一种。`);
  }
}

function waysOf(loop: LoopCharacteristics): number {
  const ways = [loop.loopCardinality, loop.loopDataInputRef, duty(loop, 'collection')];
  return ways.filter((way) => way !== undefined).length;
}
