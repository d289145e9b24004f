/** What intake asks beside the sheet: the fields of the acceptance in force. */
import { shallowRef } from 'vue';
import { call } from '../../api/client.js';
import type { Field, IntakeForm } from './fields.js';

/** Missing until it is read. */
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

/** The console's punctuation is narrow, a diagram's wide. */
const written = ({ label, ...field }: Field): Field => ({ ...field, label: label.normalize('NFKC') });
