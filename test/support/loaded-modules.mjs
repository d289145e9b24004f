/**
 * `node --import` this file: each module that the program loads is a line of the file that $LOADED_MODULES names. It is
 * also the hook, in a thread of its own; what CommonJS modules load among themselves only the program's cache knows.
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
