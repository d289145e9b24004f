import type { Runtime, RuntimeName } from './interface.js';
import { libraryRuntime } from './library/index.js';
import { tokenRuntime } from './token/index.js';

export function runtimeNamed(name: RuntimeName): Runtime {
  return name === 'token' ? tokenRuntime : libraryRuntime;
}
