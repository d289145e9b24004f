/** A list of the contract: its query and its pages, whichever query field continues them. */
import { ref, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import { list, type ListAnswer, type ListId, type RowOf } from '../api/client.js';
import { useCursorList, type CursorList } from '../components/cursor-list.js';
import type { LoadOptions } from '../components/load.js';
import { filtersOf, pageOf } from './columns.js';

type Answer<Id extends ListId> = ListAnswer<Id> & { readonly next: string | null };

export type Resource<Id extends ListId> = CursorList<RowOf<Id>, Answer<Id>> & {
  readonly id: Id;
  /** Values by filter, initially from the page's URL. */
  readonly asked: Ref<Asked>;
};

interface Asked {
  readonly [filter: string]: string;
}

interface Page {
  readonly items: readonly unknown[];
  readonly next?: string | number | null;
  readonly total?: number;
}

const onPage = 50;

export function useResource<Id extends ListId>(id: Id, options: LoadOptions = {}): Resource<Id> {
  const { query } = useRoute();
  const given = filtersOf(id).map(({ key }) => [key, query[key]] as const);
  const asked = ref<Asked>(
    Object.fromEntries(given.filter((one): one is [string, string] => typeof one[1] === 'string')),
  );
  const by = pageOf(id);
  const read = async ({ limit, cursor }: { readonly limit: number; readonly cursor?: string }) => {
    const place = by === undefined || cursor === undefined ? {} : { [by]: cursor };
    const answer = await list(id, by === undefined ? asked.value : { ...asked.value, limit, ...place });
    return Object.assign({}, answer, { next: nextOf(answer, Number(cursor ?? 0)) });
  };
  const nextOf = ({ next, total, items }: Page, before: number): string | null => {
    if (by !== 'offset') return next === undefined || next === null ? null : String(next);
    const seen = before + items.length;
    return items.length > 0 && seen < (total ?? 0) ? String(seen) : null;
  };
  const paged = useCursorList<RowOf<Id>, Answer<Id>>(read, onPage, { on: asked, ...options });
  return { ...paged, id, asked };
}
