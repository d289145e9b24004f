import { Refusal } from '../../src/kernel/index.js';

/** The refusal with which `act` ends; undefined where it does not. Any other error is a failure of the test. */
export function refusalOf(act: () => unknown): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

export async function refusalFrom(act: Promise<unknown>): Promise<Refusal | undefined> {
  const error: unknown = await act.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return refusalOf(() => {
    if (error !== undefined) throw error as Error;
  });
}
