/** The fields that intake asks besides the sheet: those of the acceptance process in force. */
import { shallowRef } from 'vue';
import { call } from '../../api/client.js';
import type { IntakeForm } from './fields.js';

/** Undefined until it is loaded. */
export const intakeForm = shallowRef<IntakeForm>();
let reading: Promise<void> | undefined;

export const readIntakeForm = (): Promise<void> =>
  (reading ??= call('readIntakeForm')
    .then((form) => {
      intakeForm.value = form;
    })
    .finally(() => (reading = undefined)));
