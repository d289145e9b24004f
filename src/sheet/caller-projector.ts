/** Projects callers' encrypted values by the salted digests in the sheet's first entry and in corrections. */
import { changes, from, projector, puts, salted, type Projector } from '../accountability/index.js';
import { bySheet } from './by-sheet.js';
import { Refusal, sealDigest, type Vault } from '../kernel/index.js';
import { callerFields, callerNames, openValue, type CallerField } from './caller.js';

const titles = { name: '姓名', contact: '联系方式', address: '地址' } as const satisfies Record<
  CallerField,
  string
>;

type Row = { readonly work_order: string } & Readonly<Record<CallerField, Buffer | null>>;

export function callerProjector(vault: Vault): Projector {
  const digestOf = (field: CallerField) =>
    salted(
      from<Row>(titles[field], ['work_order', field], ({ work_order: no, [field]: box }) => {
        if (box === null) return null;
        try {
          const { salt, value } = openValue(vault, no, field, box);
          return sealDigest(salt, value);
        } catch (error) {
          // The box belongs to another sheet, or is not the vault's.
          if (error instanceof Refusal && error.code === 'vault.locked') return '';
          throw error;
        }
      }),
    );
  return projector({
    table: 'caller',
    stands: bySheet,
    key: [],
    columns: { name: digestOf('name'), contact: digestOf('contact'), address: digestOf('address') },
    project: {
      'instance.started': ({ seq, digests }) => {
        const said = callerFields.map((field) => [field, digests[callerNames[field]] ?? null] as const);
        if (seq > 1 || said.every(([, digest]) => digest === null)) return [];
        return puts(Object.fromEntries(said));
      },
      'sheet.corrected': ({ body, digests }) => {
        const said = callerFields.filter((field) => body.fields.includes(callerNames[field]));
        if (said.length === 0) return [];
        return changes(Object.fromEntries(said.map((field) => [field, digests[callerNames[field]] ?? null])));
      },
      'caller.erased': ({ body }) =>
        body.fields.length === 0 ? [] : puts({ name: null, contact: null, address: null }),
    },
  });
}
