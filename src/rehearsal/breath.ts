/** Lets the program answer others between two rehearsed cases. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
