/** The console's clock: the program's, not the browser's. */
import { readonly, ref } from 'vue';

let offset = 0;
const present = ref(Date.now());

/** Milliseconds since 1970; updated every second. */
export const now = readonly(present);

/** @param iso current time of the program */
export function setByProgram(iso: string): void {
  offset = Date.parse(iso) - Date.now();
  present.value = Date.now() + offset;
}

export const after = (milliseconds: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};

setInterval(() => (present.value = Date.now() + offset), 1000);
