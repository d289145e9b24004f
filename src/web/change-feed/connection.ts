/** Whether the program can be reached. */
import { readonly, ref } from 'vue';

const reachable = ref(true);

export const isReachable = readonly(reachable);
export const answered = (): void => void (reachable.value = true);
export const unreachable = (): void => void (reachable.value = false);
