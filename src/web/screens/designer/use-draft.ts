/** What the benches of a diagram and of a table share: checks, changes, saving, and what others saved meanwhile. */
import { computed, onBeforeUnmount, onMounted, ref, toRaw, watch, type ComputedRef } from 'vue';
import type { Choices, Finding, LawWords, Merged } from '../../../design/compliance/index.js';
import { call, Refused, type Output } from '../../api/client.js';
import { say } from '../../api/said.js';
import { useAttempt } from '../../components/attempt.js';
import { useLoad } from '../../components/load.js';
import type { Standing } from '../../components/tools.js';
import { useUnsavedChangesGuard } from '../../components/unsaved-changes.js';
import { useFindings, type Examined } from './findings/use-findings.js';
import type { Work } from './work.js';
import type { Known } from './properties/known.js';
import { useNewerVersion } from './review/use-newer-version.js';

export type Draft = Output<'readDraft'>;

export interface DraftProps {
  readonly draft: Draft;
  /** From elsewhere, not saved yet: a file, or what two people have changed. */
  readonly given?: string | undefined;
  /** The version with which it has been put together: the next revision is made from it. */
  readonly onto?: number | undefined;
}

/** A field commits its value on blur. */
export const leaveField = (): void => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
};

export function useDraft<Report extends { readonly findings: readonly Finding[] }>(
  { draft: opened, given, onto }: DraftProps,
  draft: () => Draft,
  work: Work,
  known: ComputedRef<Known>,
  examined: Examined<Report> & { readonly words: () => LawWords; readonly nameOf: (id: string) => string },
  kept: (draft: Draft) => void,
) {
  const { words, nameOf } = examined;
  const mayEdit = computed(() => draft().acts.some(({ act, allowed }) => act === 'save' && allowed));
  /** The version that it is compared with. */
  const madeFrom = onto ?? opened.baseVersion;
  const base = useLoad(async () =>
    madeFrom === null ? undefined : call('readDiagram', { params: { key: opened.key, version: madeFrom } }),
  );
  const found = useFindings(
    work,
    () => known.value.context,
    () => base.data.value,
    examined,
  );
  const { report, changes, busy, checker } = found;

  const title = ref(opened.title);
  const saved = ref<number>();
  watch(work.isOpen, () => (saved.value ??= given === undefined ? work.changes.value : -1));
  const isUnsaved = computed(
    () =>
      mayEdit.value &&
      ((saved.value !== undefined && work.changes.value !== saved.value) || title.value !== draft().title),
  );
  useUnsavedChangesGuard(() => isUnsaved.value, '改动还没有保存。离开就丢了，仍要离开吗？');

  const { error, busy: saving, attempt } = useAttempt();
  const stale = computed(() =>
    error.value instanceof Refused && error.value.problem.code === 'draft.stale'
      ? error.value.problem
      : undefined,
  );

  async function save(): Promise<void> {
    if (saving.value) return;
    const [at, source] = [work.changes.value, await work.xml()];
    if (source === undefined) return;
    const { id, revision, title: before, baseVersion } = draft();
    const done = await attempt(async () => {
      const revised = await call('saveDraft', {
        params: { id },
        body: {
          basedOn: revision,
          source,
          ...(title.value === before ? {} : { title: title.value }),
          ...(onto === undefined || onto === baseVersion ? {} : { baseVersion: onto }),
        },
      });
      say(`已存为第 ${revised.revision} 稿`);
      kept(revised);
    });
    if (done) saved.value = at;
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || !mayEdit.value) return;
    event.preventDefault();
    leaveField();
    void save();
  };
  onMounted(() => addEventListener('keydown', keys));
  onBeforeUnmount(() => removeEventListener('keydown', keys));

  /** What I and somebody else have made of the revision that both opened. */
  async function together(choices: Choices): Promise<Merged> {
    const { id, revision } = draft();
    const [begun, latest, mine] = await Promise.all([
      call('readDraftDiagram', { params: { id, revision } }),
      call('readDraft', { params: { id } }),
      work.xml(),
    ]);
    return checker.merge(
      { base: begun, theirs: latest.source, mine: mine ?? begun },
      choices,
      toRaw(words()),
    );
  }
  const newer = useNewerVersion(
    { key: opened.key, baseVersion: madeFrom },
    mayEdit.value,
    checker,
    () => toRaw(words()),
    work.xml,
  );

  const countOf = (severity: Finding['severity']): number =>
    report.value?.findings.filter((one) => one.severity === severity).length ?? 0;
  const [wrong, doubtful] = [computed(() => countOf('error')), computed(() => countOf('warning'))];
  const changed = computed(() => changes.value.filter(({ kind }) => kind === 'semantic'));
  const tabs = computed(() => [
    { key: 'findings', label: '检查', count: wrong.value + doubtful.value, isBad: wrong.value > 0 },
    ...(madeFrom === null ? [] : [{ key: 'changes', label: '改动', count: changed.value.length }]),
  ]);
  const said = computed(() => {
    if (busy.value || report.value === undefined) return '';
    const [first] = report.value.findings;
    if (!first) return '检查完毕，没有发现问题';
    return `检查完毕，${wrong.value} 处不能发布，${doubtful.value} 处须说明理由。${nameOf(first.element)}：${first.message}`;
  });
  const standing = computed((): Standing => {
    if (!mayEdit.value) return { state: '只能查看' };
    return {
      state: isUnsaved.value ? '有改动没有保存' : '已保存',
      isPending: isUnsaved.value,
      primary: { title: '保存', isBusy: saving.value, isOff: !isUnsaved.value, act: save },
    };
  });
  return {
    ...found,
    ...{ mayEdit, madeFrom, base, title, isUnsaved, error, stale, attempt, together, newer },
    ...{ changed, tabs, said, standing, nameOf },
  };
}
