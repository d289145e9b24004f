export { libraryRuntime } from './library/index.js';
export { tokenRuntime } from './token/index.js';
