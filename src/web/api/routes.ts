/** Routes of the operations that a page calls. Its entry names them, so that callers load none of the console's. */
import type { Operation, OperationId } from '../../http/contract/operations.js';

type Route = Pick<Operation, 'method' | 'path'>;

let known: { readonly [id in OperationId]?: Route } = {};

/** @param routes taken from the contract at build time, so that a page loads none of its schemas */
export const mayCall = (routes: typeof known): void => void (known = routes);

/** @throws {Error} if the page's entry does not name it */
export function routeOf(id: OperationId): Route {
  const route = known[id];
  if (!route) throw new Error(`this page does not call ${id}`);
  return route;
}
