/** Policies that a test decides, the same at any time. */
import type { Policies, PolicyValues } from '../../src/kernel/timer-spec.js';

export const policyValues = (values: { readonly [key: string]: string } = {}): PolicyValues => ({
  version: 1,
  value: (key) => values[key],
});

/** Only the law's own values. */
export const withoutPolicies: PolicyValues = policyValues();

export const always = (values: PolicyValues): Policies => ({ at: () => values });

/** The same system, with some policies decided otherwise. */
export const deciding = <T extends { readonly policies: Policies }>(
  system: T,
  values: { readonly [key: string]: string },
): T & { readonly policies: Policies } => ({
  ...system,
  policies: {
    at: (instant: Date) => {
      const decided = system.policies.at(instant);
      return { version: decided.version, value: (key: string) => values[key] ?? decided.value(key) };
    },
  },
});
