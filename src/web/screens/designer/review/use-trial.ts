/** The trial of the saved revision: started, polled. */
import { computed, onScopeDispose, watch } from 'vue';
import { call, type Output } from '../../../api/client.js';
import { useAttempt } from '../../../components/attempt.js';
import { useLoad } from '../../../components/load.js';
import { after } from '../../../time/clock.js';

type Draft = Output<'readDraft'>;
export type Trial = Output<'readTrial'>;

const every = 1500;

export function useTrial(draft: () => Draft) {
  const trial = useLoad(() => call('readTrial', { params: { id: draft().id } }), {
    on: () => draft().revision,
  });
  const { error, busy, attempt } = useAttempt();
  let cancel = (): void => undefined;
  watch(trial.data, (now) => {
    cancel();
    if (now?.state === 'running') cancel = after(every, () => void trial.reload());
  });
  onScopeDispose(() => cancel());
  return {
    trial,
    error: computed(() => error.value ?? trial.error.value),
    busy,
    order: (): Promise<boolean> =>
      attempt(async () => {
        trial.data.value = await call('orderTrial', { params: { id: draft().id } });
      }),
  };
}
