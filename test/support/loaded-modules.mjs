/**
 * `node --import` this file: it writes each module that the program loads as a line to the file in
 * $LOADED_MODULES. It is also the hook, in a thread of its own; only the program's cache knows what
 * CommonJS modules load among themselves.
 */
import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const note = (...modules) => appendFileSync(process.env.LOADED_MODULES, `${modules.join('\n')}\n`);

export function load(url, context, next) {
  note(url);
  return next(url, context);
}

if (isMainThread) {
  register(import.meta.url);
  process.on('exit', () => note(...Object.keys(createRequire(import.meta.url).cache)));
}
