import { refusalOf } from '../../src/design/rehearsal/refusal-of.js';

export { refusalOf };

export async function refusalFrom(act: Promise<unknown>): Promise<ReturnType<typeof refusalOf>> {
  const error: unknown = await act.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return refusalOf(() => {
    if (error !== undefined) throw error as Error;
  });
}
