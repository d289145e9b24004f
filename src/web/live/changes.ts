/** What the program says has happened: the work orders on which somebody or the clock has just acted. */
type Listener = (nos: readonly string[]) => void;

const listeners = new Set<Listener>();

/** @returns how to stop listening */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const tell = (nos: readonly string[]): void => listeners.forEach((listener) => listener(nos));
