/** Classes in force, for fields and tables; every screen that uses them reloads them. */
import { computed, shallowRef } from 'vue';
import { call, type Output } from '../api/client.js';

export type Class = Output<'readClassification'>['classes'][number];

const read = shallowRef<readonly Class[]>();
let reading: Promise<void> | undefined;

export const classes = computed(() => read.value ?? []);
const byCode = computed(() => new Map(classes.value.map((one) => [one.code, one])));

export const readClasses = (): Promise<void> =>
  (reading ??= call('readClassification')
    .then((tree) => void (read.value = tree.classes))
    // If loading fails, codes can still be used; the program checks them.
    .catch(() => undefined)
    .finally(() => (reading = undefined)));

export const wayTo = ({ path }: Class): string => path.map(({ name }) => name).join(' / ');

/** Undefined if not loaded; null if there is no such class. */
export function classOf(code: string): Class | null | undefined {
  return read.value ? (byCode.value.get(code.trim()) ?? null) : undefined;
}

/** The name, or the code if unknown. */
export const classNameOf = (code: string): string => classOf(code)?.name ?? code;
