/** Several commands as one undo step. */
import type { Services } from './services.js';

export interface Step {
  readonly command: string;
  readonly context: object;
}

class Batch {
  static $inject = ['commandStack'];
  constructor(private readonly commandStack: Services['commandStack']) {}

  preExecute({ steps }: { readonly steps: readonly Step[] }): void {
    for (const { command, context } of steps) this.commandStack.execute(command, context);
  }
}

class Batches {
  static $inject = ['commandStack'];
  constructor(commandStack: Services['commandStack']) {
    commandStack.registerHandler('designer.batch', Batch);
  }
}

export const batches = { __init__: ['designerBatches'], designerBatches: ['type', Batches] };
