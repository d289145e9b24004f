/** A notice for the sender of a request: which number to call at once, and which other bodies handle the matter. */
import { channelsSaid } from '../cases/index.js';
import type { HttpDeps } from './deps.js';

/** Empty if the words suggest no other channel. */
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
      emergency ? `紧急：请立即${reach}（${name}），不要等这里。` : `可能应当向${name}反映：${reach}。`,
    )
    .join('');
}
