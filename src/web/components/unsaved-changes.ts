/** Warns before leaving a page with unsaved changes. */
import { onBeforeUnmount, onMounted } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

export function useUnsavedChangesGuard(isUnsaved: () => boolean, question: string): void {
  const listener = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault();
  };
  onMounted(() => addEventListener('beforeunload', listener));
  onBeforeUnmount(() => removeEventListener('beforeunload', listener));
  onBeforeRouteLeave(() => !isUnsaved() || confirm(question));
}
