/** Single-key shortcuts; inactive during typing or in a dialog. */
import { onBeforeUnmount, onMounted } from 'vue';

const typing = 'input:not([type=checkbox]), textarea, select, [contenteditable], button, a';

export function onKeyStroke(keys: { readonly [key: string]: () => void }): void {
  const listener = (event: KeyboardEvent): void => {
    const work = keys[event.key];
    if (!work || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(typing)) return;
    if ([...document.querySelectorAll('[role=dialog]')].some((dialog) => dialog.checkVisibility())) return;
    event.preventDefault();
    work();
  };
  onMounted(() => addEventListener('keydown', listener));
  onBeforeUnmount(() => removeEventListener('keydown', listener));
}
