/** Raises a warning: stores it with its sheets, records it in the trail, notifies. */
import { write } from '../../accountability/index.js';
import { announceWarning } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Finding } from './decide.js';
import { appendWarningEntry, warningEntry, type WarningDeps } from './append-entry.js';
import type { Sheet } from './matters.js';
import { warningProjector } from './projectors.js';
import { addSheetsBehind, findWarning } from './store/warning-store.js';
import { titleOf } from './title.js';

export async function raise(
  deps: WarningDeps,
  transaction: Transaction,
  finding: Finding,
  sheet: Sheet,
): Promise<void> {
  const at = deps.clock.now();
  const { sort, matter, observed, expected, since } = finding;
  const { district, no, receivedAt } = sheet;
  const said = (warning: number): ReturnType<typeof warningEntry> => {
    const body = { warning, sort, district, matter, observed, expected, since: since.toISOString() };
    return warningEntry(deps, 'warning.raised', at, { ...body, tippedBy: no });
  };
  const given = { tipped_at: receivedAt, sheets: observed, last_at: receivedAt };
  const id = await write(transaction, warningProjector, said(0), given);
  const warning = await findWarning(transaction, id);
  if (!warning) throw new Error(`there is no warning ${id}`);
  await addSheetsBehind(transaction, warning, sort === 'repeat-spot' ? sheet.atSpot : sheet.ofCaller);
  const place = await appendWarningEntry(deps, transaction, said(id));
  const title = titleOf(await deps.classTrees.current(transaction), warning);
  const announced = { ...warning, ...place, title, at };
  await announceWarning(transaction, deps.notificationRules, announced, deps.laws.today());
}
