/** Debounced suggestions; only the latest answer is used. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { call } from '../../api/client.js';
import { after } from '../../time/clock.js';
import type { Draft, Suggestions } from './draft.js';
import { pointIn } from './place.js';

const pause = 250;
const shortest = 4;

export function useSuggestions(draft: Draft): ShallowRef<Suggestions | undefined> {
  const found = shallowRef<Suggestions>();
  let latest = 0;
  let cancel = (): void => undefined;

  async function ask(): Promise<void> {
    const mine = ++latest;
    const { title, content, callerContact, district, kind } = draft;
    const point = pointIn(draft);
    const answer = await call('suggestIntake', {
      body: {
        title,
        text: content,
        kind,
        ...(callerContact.trim().length >= shortest ? { contact: callerContact } : {}),
        ...(district.trim() === '' ? {} : { district }),
        ...(draft.class === '' ? {} : { class: draft.class }),
        ...(point ? { point } : {}),
      },
      // A failure is ignored: missing suggestions are not worth an error during a call.
    }).catch(() => undefined);
    if (mine === latest && answer) found.value = answer;
  }

  watch(
    () => [
      draft.title,
      draft.content,
      draft.callerContact,
      draft.district,
      draft.kind,
      draft.class,
      draft.placePoint,
      draft.placeSystem,
    ],
    () => {
      cancel();
      const written = draft.content.length + draft.title.length + draft.callerContact.length;
      if (written < shortest && !pointIn(draft)) {
        found.value = undefined;
        return;
      }
      cancel = after(pause, () => void ask());
    },
    // A draft that was brought back has its suggestions at once.
    { immediate: true },
  );
  onScopeDispose(() => cancel());
  return found;
}
