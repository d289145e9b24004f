/** For whoever sent a request, to pass on: which number to call at once, and by name where else the matter belongs. */
import { channelsSaid } from '../cases/index.js';
import type { HttpDeps } from './deps.js';

/** Empty if the words suggest nothing. */
export async function elsewhereNotice(
  deps: Pick<HttpDeps, 'database' | 'laws' | 'meaning' | 'sheets'>,
  no: string,
): Promise<string> {
  const said = await deps.database.transaction(async (transaction) => {
    const sheet = await deps.sheets.find(transaction, no);
    return sheet ? channelsSaid(deps, transaction, sheet) : undefined;
  });
  return (said?.found ?? [])
    .map(({ channel: { emergency, name, reach } }) =>
      emergency ? `紧急:请立即${reach}(${name}),不要等这里。` : `可能应当向${name}反映:${reach}。`,
    )
    .join('');
}
