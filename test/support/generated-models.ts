/**
 * Random block-structured models with a random path through each. All conditions read the single
 * variable `choice`; each stimulus sets it. No inclusive gateway is used for joining, because the
 * library's never do.
 */
import fc from 'fast-check';
import { bpmn } from './model-text.js';

export type Block =
  | { readonly kind: 'task'; readonly timer?: 'keep' | 'interrupt' }
  | { readonly kind: 'sequence' | 'choice' | 'fork'; readonly blocks: readonly Block[] }
  | { readonly kind: 'loop' | 'scope'; readonly block: Block };

export interface Move {
  /** Which of the possible events, counted modulo their number. */
  readonly pick: number;
  readonly choice: number;
}

const task = fc.record({ kind: fc.constant('task' as const) });
const reminded = fc.record({ kind: fc.constant('task' as const), timer: fc.constant('keep' as const) });
const limited = fc.record({ kind: fc.constant('task' as const), timer: fc.constant('interrupt' as const) });
const choices = 3;

interface Kinds {
  block: Block;
}

const { block } = fc.letrec<Kinds>((tieOne) => {
  // The library types a name that is not a literal as unknown.
  const tied = tieOne('block') as fc.Arbitrary<Block>;
  const all = (kind: 'sequence' | 'choice' | 'fork'): fc.Arbitrary<Block> =>
    fc.array(tied, { minLength: 2, maxLength: 3 }).map((blocks) => ({ kind, blocks }));
  const around = (kind: 'loop' | 'scope'): fc.Arbitrary<Block> =>
    tied.map((inner) => ({ kind, block: inner }));
  const depth = { maxDepth: 4, depthSize: 'small' } as const;
  return {
    block: fc.oneof(
      depth,
      task,
      reminded,
      limited,
      all('sequence'),
      all('choice'),
      all('fork'),
      around('loop'),
      around('scope'),
    ),
  };
});

const move = fc.record({ pick: fc.nat(11), choice: fc.nat(choices - 1) });

export interface Journey {
  readonly model: Model;
  readonly moves: readonly Move[];
}

/** Models of at most `most` nodes, and up to forty moves. */
export function journeys(most: number): fc.Arbitrary<Journey> {
  return fc
    .record({
      blocks: fc.array(block, { minLength: 2, maxLength: 4 }),
      moves: fc.array(move, { minLength: 10, maxLength: 40 }),
    })
    .map(({ blocks, moves }) => ({ model: modelOf({ kind: 'sequence', blocks }), moves }))
    .filter(({ model }) => model.nodes <= most);
}

export interface Model {
  /** In the notation of `model-text.ts`. */
  readonly text: string;
  readonly nodes: number;
  /** Boundary timers by the task they are attached to. */
  readonly timers: ReadonlyMap<string, string>;
}

export function xmlOf({ text }: Model): string {
  return bpmn(text);
}

/** Where a block begins and where it ends. */
interface Ends {
  readonly first: string;
  readonly last: string;
}

function modelOf(block: Block): Model {
  const lines: string[] = [];
  const timers = new Map<string, string>();
  let nodes = 0;
  const node = (kind: string, more = ''): string => {
    const id = `${kind}${++nodes}`;
    lines.push(`${kind} ${id}${more}`);
    return id;
  };
  const flow = (from: string, to: string, condition = ''): void => {
    lines.push(`${from} > ${to}${condition}`);
  };

  const write = (part: Block): Ends => {
    switch (part.kind) {
      case 'task':
        return writeTask(part.timer);
      case 'sequence':
        return part.blocks.map(write).reduce((before, after) => {
          flow(before.last, after.first);
          return { first: before.first, last: after.last };
        });
      case 'choice':
      case 'fork':
        return writeSplit(part.kind, part.blocks);
      case 'loop':
        return writeLoop(part.block);
      case 'scope':
        return writeScope(part.block);
    }
  };

  const writeTask = (timer: 'keep' | 'interrupt' | undefined): Ends => {
    const id = node('user');
    if (timer === undefined) return { first: id, last: id };
    const late = node('boundary', ` on:${id} timer:P5D${timer === 'keep' ? ' keep' : ''}`);
    timers.set(id, late);
    if (timer === 'keep') {
      // Nothing waits on this path: in a loop a second token would arrive, which the library holds
      // back.
      const note = node('task');
      flow(late, note);
      flow(note, node('end'));
      return { first: id, last: id };
    }
    const chase = node('user');
    flow(late, chase);
    const merge = node('xor');
    flow(id, merge);
    flow(chase, merge);
    return { first: id, last: merge };
  };

  const writeSplit = (kind: 'choice' | 'fork', blocks: readonly Block[]): Ends => {
    const gateway = kind === 'choice' ? 'xor' : 'and';
    const split = node(gateway);
    const merge = node(gateway);
    blocks.forEach((branch, index) => {
      const { first, last } = write(branch);
      const condition = index === blocks.length - 1 ? ' default' : ` if choice = ${index}`;
      flow(split, first, kind === 'choice' ? condition : '');
      flow(last, merge);
    });
    return { first: split, last: merge };
  };

  const writeLoop = (body: Block): Ends => {
    const again = node('xor');
    const { first, last } = write(body);
    const passed = node('xor');
    flow(again, first);
    flow(last, passed);
    flow(passed, again, ' if choice = 0');
    // The next element writes the flow that leaves the loop; a merge gives it one source.
    const left = node('xor');
    flow(passed, left, ' default');
    return { first: again, last: left };
  };

  const writeScope = (body: Block): Ends => {
    const id = `sub${++nodes}`;
    lines.push(`sub ${id} {`);
    const begin = node('start');
    const { first, last } = write(body);
    flow(begin, first);
    flow(last, node('end'));
    lines.push('}');
    return { first: id, last: id };
  };

  const begin = node('start');
  const { first, last } = write(block);
  flow(begin, first);
  flow(last, node('end'));
  return { text: lines.join('\n'), nodes, timers };
}
