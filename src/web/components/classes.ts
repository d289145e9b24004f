/** The kinds in force, for fields and tables that name one: read again by every screen that asks. */
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
    // A code is still a code; the program checks it.
    .catch(() => undefined)
    .finally(() => (reading = undefined)));

export const wayTo = ({ path }: Class): string => path.map(({ name }) => name).join(' / ');

/** Undefined while nobody can tell, null where there is none. */
export function classOf(code: string): Class | null | undefined {
  return read.value ? (byCode.value.get(code.trim()) ?? null) : undefined;
}

/** The name alone, and the code where there is no name. */
export const classNameOf = (code: string): string => classOf(code)?.name ?? code;
