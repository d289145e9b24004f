/** Findings of the current table with their example rows, and its changes, shortly after each edit. */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { Change, CheckContext, TableReport } from '../../../../design/compliance/index.js';
import { after } from '../../../time/clock.js';
import { startChecker, type Checker } from '../findings/checker.js';
import type { TableState } from './use-table.js';

export interface TableFindings {
  readonly report: ShallowRef<TableReport | undefined>;
  readonly changes: ShallowRef<readonly Change[]>;
  /** What is shown is of an earlier state. */
  readonly busy: ComputedRef<boolean>;
  readonly checker: Checker;
}

const pause = 350;
/** A table names no deed and no clock. */
export const noWords = { deeds: [], clocks: [] };

/** @param base the table to compare with */
export function useTableFindings(
  state: TableState,
  context: () => CheckContext | undefined,
  base: () => string | undefined,
): TableFindings {
  const checker = startChecker();
  const report = shallowRef<TableReport>();
  const changes = shallowRef<readonly Change[]>([]);
  const found = shallowRef(-1);
  let forget = (): void => undefined;

  const find = async (): Promise<void> => {
    const [of, facts, before, now] = [state.changes.value, context(), base(), await state.xml()];
    if (now === undefined || !facts) return;
    const checked = await checker.examine(now, facts);
    const readable = checked.table !== undefined;
    const compared = before === undefined || !readable ? [] : await checker.difference(before, now, noWords);
    if (of !== state.changes.value) return;
    report.value = checked;
    changes.value = compared;
    found.value = of;
  };
  watch(
    [state.tabular, state.changes, context, base],
    () => {
      forget();
      forget = after(pause, () => void find());
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    forget();
    checker.end();
  });
  return { report, changes, busy: computed(() => found.value !== state.changes.value), checker };
}
