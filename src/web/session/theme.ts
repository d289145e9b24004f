/** Light or dark, as the system or as chosen in 本人帐号, kept in this browser. */
import { computed, ref, watch } from 'vue';

export const themes = [
  { value: 'system', word: '随系统' },
  { value: 'light', word: '浅色' },
  { value: 'dark', word: '深色' },
] as const;

type Theme = (typeof themes)[number]['value'];

const place = 'theme';
/** A browser may refuse to keep anything. */
const stored = (): Storage | undefined => {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
};
const kept = stored()?.getItem(place);

export const theme = ref<Theme>(themes.find(({ value }) => value === kept)?.value ?? 'system');

watch(theme, (chosen) => stored()?.setItem(place, chosen));

/** Paper is light, also what scripts have drawn for it. */
const isPrinting = ref(false);
addEventListener('beforeprint', () => (isPrinting.value = true));
addEventListener('afterprint', () => (isPrinting.value = false));
const shown = computed(() => (isPrinting.value ? 'light' : theme.value));
watch(shown, (now) => (document.documentElement.dataset['theme'] = now), { immediate: true, flush: 'sync' });

/** What a token comes to now, for what is drawn by scripts. */
export function colourOf(token: string): string {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(--${token})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param redraw called once the theme has changed, by whomever, and before a page is printed */
export function onTheme(redraw: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', redraw);
  const stop = watch(shown, redraw, { flush: 'sync' });
  return () => {
    system.removeEventListener('change', redraw);
    stop();
  };
}
