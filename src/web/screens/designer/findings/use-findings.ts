/** Findings of the current diagram, updated shortly after each change. */
import { computed, onScopeDispose, shallowRef, toRaw, watch, type ComputedRef, type ShallowRef } from 'vue';
import type {
  Change,
  CheckContext,
  CheckReport,
  LawWords,
  OfferedVariable,
} from '../../../../design/compliance/index.js';
import { after } from '../../../time/clock.js';
import type { DrawingState } from '../modeler/drawing-state.js';
import { startChecker, type Checker } from './checker.js';

export interface Findings {
  readonly report: ShallowRef<CheckReport | undefined>;
  readonly changes: ShallowRef<readonly Change[]>;
  /** The findings shown are of an earlier state. */
  readonly busy: ComputedRef<boolean>;
  /** Those that an expression may use. */
  readonly variables: ShallowRef<readonly OfferedVariable[]>;
  readonly checker: Checker;
}

/** Debounce: longer than between key strokes, short enough to feel immediate. */
const pause = 350;

/** @param base the diagram to compare with */
export function useFindings(
  state: DrawingState,
  context: () => CheckContext | undefined,
  base: () => string | undefined,
  words: () => LawWords,
): Findings {
  const checker = startChecker();
  const report = shallowRef<CheckReport>();
  const changes = shallowRef<readonly Change[]>([]);
  const variables = shallowRef<readonly OfferedVariable[]>([]);
  const found = shallowRef(-1);
  let forget = (): void => undefined;

  const find = async (): Promise<void> => {
    const [drawing, of, facts, before] = [state.drawing.value, state.changes.value, context(), base()];
    // As plain data: a proxy cannot be posted to a worker.
    const law = toRaw(words());
    if (!drawing) return;
    const { xml: now } = await drawing.saveXML({ format: true });
    if (now === undefined) return;
    // One thread does these in turn: what takes least comes first and is shown as soon as it is known.
    const compared = before === undefined ? [] : checker.difference(before, now, law).catch(() => []);
    // What cannot be read has none; the check says why.
    const offered = facts ? checker.variables(now, facts).catch(() => []) : [];
    const checked = facts && checker.check(now, facts);
    const [told, at] = [await compared, await offered];
    if (of !== state.changes.value) return;
    changes.value = told;
    variables.value = at;
    const answer = await checked;
    if (of !== state.changes.value) return;
    report.value = answer;
    found.value = of;
  };
  watch(
    [state.drawing, state.changes, context, base, words],
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
  return { report, changes, variables, checker, busy: computed(() => found.value !== state.changes.value) };
}
