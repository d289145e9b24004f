/** Code that decides about law, limits, order and the tree, and the tests that must notice a fault in it. */
export interface Place {
  readonly name: string;
  readonly files: readonly string[];
  /** The quick ones first: a mutant needs no further test once one has failed. */
  readonly tests: readonly string[];
}

export const places: readonly Place[] = [
  {
    name: 'gateways',
    files: ['src/engine/runtime/token/gateways.ts'],
    tests: [
      'test/engine/runtime/token/joins.test.ts',
      'test/engine/runtime/token/events.test.ts',
      'test/engine/runtime/token/saved-state.test.ts',
      'test/engine/runtime/token/traces.test.ts',
    ],
  },
  {
    name: 'adjustments',
    files: ['src/calendar/adjustments.ts'],
    tests: ['test/calendar/adjustments.test.ts'],
  },
  {
    name: 'tree',
    files: ['src/accountability/log/tree.ts'],
    tests: ['test/accountability/log/tree.test.ts'],
  },
  {
    name: 'chain',
    files: ['src/accountability/trail/chain.ts'],
    tests: ['test/accountability/chain.test.ts'],
  },
  {
    name: 'course',
    files: ['src/accountability/course/*.ts'],
    tests: [
      'test/accountability/course/folding.test.ts',
      'test/accountability/course/timers.test.ts',
      'test/accountability/course/course.test.ts',
    ],
  },
  {
    name: 'interpreter',
    files: ['src/law/regulation/interpret.ts'],
    tests: [
      'test/law/regulation/standing.test.ts',
      'test/law/regulation/interpret.test.ts',
      'test/law/regulation/exceptions.test.ts',
      // The second interpreter, over generated deeds.
      'test/verifier/duties.test.ts',
    ],
  },
];
