/** The fields that intake asks besides the sheet: those of the acceptance process in force. */
import { shallowRef } from 'vue';
import { call } from '../../api/client.js';
import type { Field, IntakeForm } from './fields.js';

/** Undefined until it is loaded. */
export const intakeForm = shallowRef<IntakeForm>();
let reading: Promise<void> | undefined;

export const readIntakeForm = (): Promise<void> =>
  (reading ??= call('readIntakeForm')
    .then((form) => {
      intakeForm.value = {
        register: form.register.map(written),
        ways: form.ways.map(({ way, fields }) => ({ way, fields: fields.map(written) })),
      };
    })
    .finally(() => (reading = undefined)));

/** The console uses narrow punctuation, diagrams use wide. */
const written = ({ label, ...field }: Field): Field => ({ ...field, label: label.normalize('NFKC') });
