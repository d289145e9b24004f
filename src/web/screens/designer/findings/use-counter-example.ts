/** Asks the program for the run that shows a finding. */
import { ref, shallowRef } from 'vue';
import type { Finding } from '../../../../design/compliance/index.js';
import { call } from '../../../api/client.js';
import { useAttempt } from '../../../components/attempt.js';
import type { Scenario } from '../rehearsal/use-rehearsal.js';

/** @param xml the current drawing */
export function useCounterExample(xml: () => Promise<string | undefined>) {
  const { busy, error, attempt } = useAttempt();
  /** The finding whose run was requested last. */
  const asked = shallowRef<Finding>();
  /** True if no run was found. */
  const isUnfound = ref(false);
  return {
    busy,
    error,
    asked,
    isUnfound,
    /** @returns undefined if no run was found */
    async find(finding: Finding): Promise<Scenario | undefined> {
      [asked.value, isUnfound.value] = [finding, false];
      let found: Scenario | undefined;
      await attempt(async () => {
        const { rule, element, message } = finding;
        const diagram = (await xml()) ?? '';
        const { run } = await call('findCounterExample', {
          body: { diagram, finding: { rule, element, message } },
        });
        isUnfound.value = run === null;
        found = run ?? undefined;
      });
      return found;
    },
  };
}
