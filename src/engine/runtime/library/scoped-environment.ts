import type { JsonObject } from '../../../kernel/json.js';
import { library, type Content, type Environment as LibraryEnvironment } from './elements.js';
import { instanceLocals } from './expressions.js';

/**
 * The library puts the message that started a scope into the scope's variables, and all of them into the state.
 * Here a scope keeps the local names of its multi-instance only; process variables are handed in at every step.
 */
export class ScopedEnvironment extends library.Environment {
  override assignVariables(variables: unknown): void {
    const content = (variables as { readonly content?: Content } | undefined)?.content;
    if (content === undefined) return;
    const own = instanceLocals(content);
    if (Object.keys(own).length === 0) return;
    super.assignVariables({ locals: { ...localsIn(this), ...own } });
  }

  override getState(): object {
    const locals = localsIn(this);
    return Object.keys(locals).length === 0 ? {} : { variables: { locals } };
  }
}

export function localsIn({ variables }: LibraryEnvironment): JsonObject {
  return (variables['locals'] ?? {}) as JsonObject;
}
