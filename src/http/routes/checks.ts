import { currentCheckContext } from '../../checking/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function checkHandlers(deps: HttpDeps): Pick<Handlers, 'readCheckContext'> {
  return { readCheckContext: async () => ({ status: 200, body: await currentCheckContext(deps) }) };
}
