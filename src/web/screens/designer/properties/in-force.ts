/** What diagrams and decision tables in force reveal about names that a draft may use: decision tables, form fields. */
const vocabulary = 'urn:hotline-12345:duty:1';

interface Named {
  readonly value: string;
  readonly label: string;
}

export interface Asked {
  readonly label: string;
  readonly by: string;
}

/** Decision tables by key. */
export const tablesInForce = (tables: readonly string[]): readonly Named[] =>
  tables.flatMap((xml) =>
    [...new DOMParser().parseFromString(xml, 'application/xml').getElementsByTagNameNS('*', 'decision')].map(
      (decision) => ({ value: decision.getAttribute('id') ?? '', label: nameOf(decision) }),
    ),
  );

/** Required and kept fields: key → title of the field, and the asking element. */
export const askedInForce = (diagrams: readonly string[]): ReadonlyMap<string, Asked> =>
  askedIn(
    diagrams.flatMap((xml) => [
      ...new DOMParser().parseFromString(xml, 'application/xml').querySelectorAll('*'),
    ]),
  );

const nameOf = (element: Element | null | undefined): string => element?.getAttribute('name') ?? '';
const askedIn = (elements: readonly Element[]): ReadonlyMap<string, Asked> =>
  new Map(
    elements.flatMap((field) =>
      field.namespaceURI === vocabulary &&
      field.localName === 'field' &&
      field.getAttribute('required') === 'true' &&
      field.getAttribute('evidence') === 'true'
        ? [
            [
              field.getAttribute('key') ?? '',
              { label: field.getAttribute('label') ?? '', by: nameOf(field.closest('[name]')) },
            ] as const,
          ]
        : [],
    ),
  );
