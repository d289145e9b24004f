/** Both engines by name: ours, which runs the cases, and the library that gives a second opinion. */
import { libraryRuntime, tokenRuntime } from '../../src/engine/index.js';
import type { Runtime } from '../../src/engine/runtime/interface.js';

export type RuntimeName = 'token' | 'bpmn-engine';

export const runtimeNamed = (name: RuntimeName): Runtime =>
  name === 'token' ? tokenRuntime : libraryRuntime;
