import {
  duty,
  type BpmnElement,
  type Expression,
  type FlowNode,
  type LoopCharacteristics,
} from '../../model/bpmn-types.js';
import { feel, type FeelExpression } from '../../model/feel.js';
import type { Loop } from './program.js';

export function compileLoop(loop: LoopCharacteristics, node: FlowNode): Loop {
  const compiled = (expression: Expression | undefined): FeelExpression | null =>
    expression?.body === undefined ? null : feel(expression.body, node.id);
  if (loop.$type === 'bpmn:StandardLoopCharacteristics') {
    return {
      kind: 'standard',
      testBefore: loop.testBefore === true,
      maximum: loop.loopMaximum ?? Infinity,
      condition: compiled(loop.loopCondition),
    };
  }
  const collection = duty(loop, 'collection');
  const input = variableOf(loop.loopDataInputRef);
  return {
    kind: 'instances',
    sequential: loop.isSequential === true,
    cardinality: compiled(loop.loopCardinality),
    collection:
      collection !== undefined
        ? { expression: feel(collection, node.id) }
        : input !== null
          ? { variable: input }
          : null,
    item: duty(loop, 'item') ?? variableOf(loop.inputDataItem),
    output: variableOf(loop.loopDataOutputRef),
    outputItem: variableOf(loop.outputDataItem),
    until: compiled(loop.completionCondition),
  };
}

/** The variable of a data element: its name, else its id. */
function variableOf(element: BpmnElement | undefined): string | null {
  return element?.name ?? element?.id ?? null;
}
