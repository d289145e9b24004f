/** The register of units, for fields that name one: read once a page, and again where a name is not in it. */
import { computed, shallowRef } from 'vue';
import { call, type Output } from '../api/client.js';

type Unit = Output<'listUnits'>['items'][number];

const read = shallowRef<readonly Unit[]>();
let reading: Promise<void> | undefined;

export const units = computed(() => read.value ?? []);

export const readUnits = (): Promise<void> =>
  (reading ??= call('listUnits')
    .then(({ items }) => void (read.value = items))
    // The field still takes what is typed; the program checks it.
    .catch(() => undefined)
    .finally(() => (reading = undefined)));

/** Undefined while nobody can tell. */
export function isKnownUnit(name: string): boolean | undefined {
  if (!read.value) return undefined;
  const bare = name.replaceAll(/\s/g, '');
  return read.value.some((unit) => unit.name === bare);
}
