/** Findings of what is drawn or written, updated shortly after each change. */
import { computed, onScopeDispose, shallowRef, toRaw, watch, type Ref } from 'vue';
import type { Change, CheckContext, LawWords } from '../../../../design/compliance/index.js';
import { after } from '../../../time/clock.js';
import type { Work } from '../work.js';
import { startChecker, type Checker } from './checker.js';

export interface Examined<Report> {
  /** Of the deeds and clocks in a sentence about a change. */
  readonly words: () => LawWords;
  readonly check: (checker: Checker, xml: string, context: CheckContext) => Promise<Report>;
  /** What takes less than the check and is shown before it. */
  readonly first?: (checker: Checker, xml: string, context: CheckContext) => Promise<() => void>;
}

/** Debounce: longer than between key strokes, short enough to feel immediate. */
const pause = 350;

/** @param base what it is compared with */
export function useFindings<Report>(
  work: Pick<Work, 'isOpen' | 'changes' | 'xml'>,
  context: () => CheckContext | undefined,
  base: () => string | undefined,
  { words, check, first }: Examined<Report>,
) {
  const checker = startChecker();
  const report: Ref<Report | undefined> = shallowRef();
  const changes = shallowRef<readonly Change[]>([]);
  const found = shallowRef(-1);
  let forget = (): void => undefined;

  const find = async (): Promise<void> => {
    const [of, facts, before, now] = [work.changes.value, context(), base(), await work.xml()];
    if (now === undefined) return;
    // One thread does these in turn, so the fastest comes first and is shown at once. What cannot be
    // read differs in nothing; the check says why. As plain data: a proxy cannot be posted to a worker.
    const compared =
      before === undefined ? [] : checker.difference(before, now, toRaw(words())).catch(() => []);
    const offered = facts && first?.(checker, now, facts);
    const checked = facts && check(checker, now, facts);
    const [told, show] = [await compared, await offered];
    if (of !== work.changes.value) return;
    changes.value = told;
    show?.();
    const answer = await checked;
    if (of !== work.changes.value) return;
    report.value = answer;
    found.value = of;
  };
  watch(
    [work.isOpen, work.changes, context, base, words],
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
  /** What is shown is of an earlier state. */
  const busy = computed(() => found.value !== work.changes.value);
  return { report, changes, checker, busy };
}
