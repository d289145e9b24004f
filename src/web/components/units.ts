/** The register of units for fields; reloaded if a name is missing. */
import { computed, shallowRef } from 'vue';
import { call, type Output } from '../api/client.js';
import { unitName } from '../../kernel/unit-name.js';

type Unit = Output<'listUnits'>['items'][number];

const read = shallowRef<readonly Unit[]>();
let reading: Promise<void> | undefined;

export const units = computed(() => read.value ?? []);

export const readUnits = (): Promise<void> =>
  (reading ??= call('listUnits')
    .then(({ items }) => void (read.value = items))
    // If loading fails, typed names can still be used; the program checks them.
    .catch(() => undefined)
    .finally(() => (reading = undefined)));

/** Undefined if not loaded. */
export function isKnownUnit(name: string): boolean | undefined {
  if (!read.value) return undefined;
  const bare = unitName(name);
  return read.value.some((unit) => unit.name === bare);
}
