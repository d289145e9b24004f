/** Lets the event loop serve other work between two rehearsed cases. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
