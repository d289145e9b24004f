/** Logs a continuing failure once a minute: loops that retry every second would flood the log. */
import type { Clock } from './clock.js';
import type { Log } from './log.js';

const silence = 60_000;

export function createThrottledLog(log: Log, clock: Clock): (text: string) => (error: unknown) => void {
  const lastSaid = new Map<string, number>();
  return (text) => (error) => {
    const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
    const trouble = `${text} ${String(code ?? name)}`;
    const now = clock.now().getTime();
    if (now - (lastSaid.get(trouble) ?? -silence) < silence) return;
    lastSaid.set(trouble, now);
    log.error(text, error);
  };
}
