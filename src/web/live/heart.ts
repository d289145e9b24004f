/** Asks the program now and then how it is: that sets the clock and tells whether it can be reached. */
import { call } from '../api/client.js';
import { after, setByProgram } from '../time/clock.js';

const between = 20_000;

export async function beat(): Promise<void> {
  try {
    setByProgram((await call('readStatus')).now);
  } catch {
    // The bar says that the program cannot be reached; asked again in a while.
  }
  after(between, () => void beat());
}

addEventListener('online', () => void beat());
