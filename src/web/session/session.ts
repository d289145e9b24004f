/** Who sits at this screen. */
import { computed, reactive } from 'vue';

const kept = 'hotline.actor';

const session = reactive({ actor: sessionStorage.getItem(kept) ?? '' });

/** The performer's name, as it enters the trail. */
export const actor = computed(() => session.actor);

export function enter(name: string): void {
  session.actor = name.trim();
  sessionStorage.setItem(kept, session.actor);
}

export function sessionEnded(): void {
  session.actor = '';
  sessionStorage.removeItem(kept);
}

export const csrfToken = (): { readonly [header: string]: string } => ({});

/** What a body says of the performer. */
export const performer = (): { readonly actor?: string } =>
  session.actor === '' ? {} : { actor: session.actor };
