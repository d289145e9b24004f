/** Filters of the worklist, kept in the URL, so that users can share them and go back. */
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Input } from '../../api/client.js';

type Query = NonNullable<Input<'listTasks'>['query']>;
export type Light = NonNullable<Query['light']>;
export type Sort = NonNullable<Query['sort']>;
type Narrowing = Pick<
  Query,
  'unit' | 'q' | 'channel' | 'kind' | 'district' | 'language' | 'class' | 'assigned' | 'assignee' | 'members'
>;
export type FilterName = keyof Narrowing;
/** Values in the URL. */
export type Filters = { readonly [Name in FilterName]?: string };

const names = [
  'unit',
  'q',
  'channel',
  'kind',
  'district',
  'language',
  'class',
  'assigned',
  'assignee',
  'members',
] as const satisfies readonly FilterName[];

/** Orders by fields of the sheet are available only within one unit. */
export const sorts: readonly { readonly key: Sort; readonly word: string; readonly ofUnit: boolean }[] = [
  { key: 'due', word: '期限近的在前', ofUnit: false },
  { key: 'oldest', word: '先受理的在前', ofUnit: false },
  { key: 'newest', word: '新受理的在前', ofUnit: false },
  { key: 'district', word: '按属地', ofUnit: true },
  { key: 'class', word: '按分类', ofUnit: true },
  { key: 'assignee', word: '按分派给谁', ofUnit: true },
];

const lights: readonly string[] = ['all', 'red', 'yellow', 'normal'] satisfies readonly Light[];

export function useFilters() {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string): string | undefined => {
    const value = route.query[name];
    return typeof value === 'string' ? value : undefined;
  };
  const change = (parts: { readonly [name: string]: string | undefined }): void => {
    const query = Object.entries({ ...route.query, ...parts }).filter(([, value]) => value !== undefined);
    void router.replace({ query: Object.fromEntries(query) });
  };
  const role = computed({
    get: () => text('role') ?? 'mine',
    set: (value) => change({ role: value === 'mine' ? undefined : value }),
  });
  const light = computed({
    get: (): Light => {
      const asked = text('light') ?? 'all';
      return lights.includes(asked) ? (asked as Light) : 'all';
    },
    set: (value) => change({ light: value === 'all' ? undefined : value }),
  });
  const sort = computed({
    get: () => sorts.find(({ key }) => key === text('sort'))?.key ?? 'due',
    set: (value) => change({ sort: value === 'due' ? undefined : value }),
  });
  const filters: ComputedRef<Filters> = computed(() =>
    Object.fromEntries(names.flatMap((name) => (text(name) ? [[name, text(name)]] : []))),
  );
  const narrow = (given: Filters): void =>
    change(Object.fromEntries(names.map((name) => [name, given[name] === '' ? undefined : given[name]])));
  const isNarrow = computed(() => light.value !== 'all' || Object.keys(filters.value).length > 0);
  /** A hand-written URL with unknown values is passed on, so that the program answers with the reason. */
  const query = computed((): Query => ({
    scope: role.value === 'mine' ? 'mine' : 'seen',
    light: light.value,
    ...(sort.value === 'due' ? {} : { sort: sort.value }),
    ...(['mine', ''].includes(role.value) ? {} : { role: role.value }),
    members: 'folded',
    ...(filters.value as Narrowing),
  }));
  const all = ['role', 'light', 'sort', ...names];
  /** Content of a saved view: all filters and the order, without the search words. */
  const choice = computed(() =>
    Object.fromEntries(
      all.flatMap((name) => {
        const value = route.query[name];
        return name !== 'q' && typeof value === 'string' ? [[name, value]] : [];
      }),
    ),
  );
  const show = (given: Readonly<Record<string, string | undefined>>): void =>
    change(Object.fromEntries(all.map((name) => [name, given[name]])));
  const clear = (): void => change(Object.fromEntries(['light', ...names].map((name) => [name, undefined])));
  return { role, light, sort, filters, narrow, clear, isNarrow, query, choice, show };
}
