/** Deadlines at a city's scale: the arithmetic, the claims, the escalation through the real processes. */
import * as workingDays from './working-days.js';

export async function run(): Promise<void> {
  workingDays.run();
}
