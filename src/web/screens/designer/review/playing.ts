/** Plays a run of the trial in the rehearsal. */
import type { InjectionKey } from 'vue';
import type { Scenario } from '../rehearsal/use-rehearsal.js';

export const playing: InjectionKey<(run: Scenario) => void> = Symbol('playing');
