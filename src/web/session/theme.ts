/** Light or dark, as the system or as chosen in 本人帐号, kept in this browser. */
import { ref, watch } from 'vue';

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

watch(
  theme,
  (chosen) => {
    stored()?.setItem(place, chosen);
    document.documentElement.dataset['theme'] = chosen;
  },
  { immediate: true },
);

/** What a token comes to now, for what is drawn by scripts. */
export function colourOf(token: string): string {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(--${token})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param redraw called after the theme has changed, by whomever */
export function onTheme(redraw: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', redraw);
  const stop = watch(theme, redraw, { flush: 'post' });
  return () => {
    system.removeEventListener('change', redraw);
    stop();
  };
}
