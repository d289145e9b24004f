import { Refusal } from '../../kernel/index.js';
import { archivedAs, showArchived } from '../../takeover/index.js';
import { systemUser } from '../frame/system-user.js';
import { withSystem } from '../frame/with-system.js';

export interface ShowOptions {
  readonly requester: string;
  readonly purpose: string;
}

/** Shows archived history of another system, including its sealed texts. */
export async function show(wanted: string, { requester, purpose }: ShowOptions): Promise<string> {
  const lines = await withSystem('takeover show', async (system) => {
    const found = await system.database.transaction((transaction) => archivedAs(transaction, wanted));
    if (found.length === 0) {
      throw new Refusal('case.not-found', `没有归档过“${wanted}”`, {
        remedy: '写旧系统里的业务编号，或者流程实例的编号；还没有归档的，用 npx hotline takeover archive',
      });
    }
    const actor = `${requester}，命令行（${systemUser()}）`;
    const shown: unknown[] = [];
    for (const { stream, ...opened } of found) {
      shown.push({ stream, ...opened });
      shown.push(...(await showArchived(system, stream, { actor, purpose })));
    }
    return shown;
  });
  return lines.map((line) => JSON.stringify(line)).join('\n');
}
