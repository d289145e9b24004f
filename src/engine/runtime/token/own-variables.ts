/** Variables of one run of an activity: set when it begins, stored with its token, and handed out when it completes. */
import type { Json } from '../../../kernel/json.js';
import type { Variables } from '../interface.js';
import { environmentOf } from './environment.js';
import { nodeOf, type Instance, type Token } from './instance.js';

export function openOwn(instance: Instance, token: Token): void {
  const { own } = nodeOf(token);
  if (!own) return;
  const outside = environmentOf(instance, token);
  token.locals = Object.fromEntries(
    own.locals.map(({ name, value }) => [name, value?.value(outside, instance.now) ?? null]),
  );
}

/** Completes the run: writes its outputs, evaluated now, to the enclosing scope. */
export function handOut(instance: Instance, token: Token): void {
  const { own } = nodeOf(token);
  const { locals } = token;
  if (!own || !locals) return;
  const inside = environmentOf(instance, token);
  const outputs = own.outputs.map(({ name, value }): [string, Json] => [
    name,
    (value === null ? inside[name] : value.value(inside, instance.now)) ?? null,
  ]);
  write(instance, token.scope.host, Object.fromEntries(outputs));
}

/** Sets each variable in the innermost activity around `at` that has it, else in the case. */
export function write(instance: Instance, at: Token | null, written: Variables): void {
  for (const [name, value] of Object.entries(written)) writeOne(instance, at, name, value);
}

function writeOne(instance: Instance, from: Token | null, name: string, value: Json): void {
  for (let at = from; at; at = at.scope.host) {
    if (!at.locals || !(Object.hasOwn(at.locals, name) || nodeOf(at).own?.closed === true)) continue;
    at.locals = { ...at.locals, [name]: value };
    return;
  }
  instance.assigned[name] = value;
  instance.variables = { ...instance.variables, [name]: value };
}
