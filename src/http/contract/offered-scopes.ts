import { scopes, type Scope } from '../../identity/scopes/index.js';
import type { Part } from '../../kernel/law.js';
import { operations, type Operation } from './operations.js';

/** Without the scopes whose operations all belong to parts that the city lacks. */
export const offeredScopes = (has: (part: Part) => boolean): readonly Scope[] =>
  scopes.filter((scope) => {
    const opened = Object.values<Operation>(operations).filter(({ scopes: asked }) => asked?.includes(scope));
    return opened.length === 0 || opened.some(({ part }) => part === undefined || has(part));
  });
