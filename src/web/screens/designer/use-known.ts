/** Handlers, policies and processes that a diagram may name, as the program knows them. */
import { computed, type ComputedRef } from 'vue';
import { call } from '../../api/client.js';
import { useLoad } from '../../components/load.js';
import type { Known } from './properties/known.js';

const nothing: Known = { handlers: [], policies: [], processes: [], norms: [] };

export function useKnown(): ComputedRef<Known> {
  const loading = useLoad(async () => {
    const [policies, definitions] = await Promise.all([call('listPolicies'), call('listDefinitions')]);
    return {
      handlers: [],
      policies: policies.items.map(({ key, label }) => ({ value: key, label })),
      norms: [],
      processes: definitions.items.map(({ key, name }) => ({ key, name })),
    };
  });
  return computed(() => loading.data.value ?? nothing);
}
