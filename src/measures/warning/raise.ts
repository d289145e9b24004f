/** Raises a warning: stores it with its sheets, records it in the trail, notifies. */
import type { JsonObject } from '../../kernel/index.js';
import { announceWarning } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Finding } from './decide.js';
import { appendWarningEntry, type WarningDeps } from './append-entry.js';
import type { Sheet } from './matters.js';
import { addSheetsBehind, addWarning } from './store/warning-store.js';
import { titleOf } from './title.js';

export async function raise(
  deps: WarningDeps,
  transaction: Transaction,
  finding: Finding,
  sheet: Sheet,
): Promise<void> {
  const at = deps.clock.now();
  const warning = await addWarning(transaction, finding, sheet, at);
  const { id, sort, district, matter, observed, expected, since, tippedBy } = warning;
  await addSheetsBehind(transaction, warning, sort === 'repeat-spot' ? sheet.atSpot : sheet.ofCaller);
  const body: JsonObject = {
    warning: id,
    sort,
    district,
    matter,
    observed,
    expected,
    since: since.toISOString(),
    tippedBy,
  };
  const place = await appendWarningEntry(deps, transaction, 'warning.raised', at, body);
  const title = titleOf(await deps.classTrees.current(transaction), warning);
  const announced = { ...warning, ...place, title, at };
  await announceWarning(transaction, deps.notificationRules, announced, deps.laws.today());
}
