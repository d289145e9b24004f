/**
 * Work that becomes ready in one turn of the event loop begins together, a few at a time: each then does what the one
 * before it has just done, while code and data are still in the processor's caches (`docs/decisions/0123`).
 */
const mostTogether = 8;

/** What is answered resolves when others are ready too, at the latest at the end of the turn. */
export function createTurnstile(): () => Promise<void> {
  let waiting: (() => void)[] = [];
  const open = (): void => {
    const ready = waiting;
    waiting = [];
    for (const begin of ready) begin();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === mostTogether) open();
      else if (waiting.length === 1) setImmediate(open);
    });
}
