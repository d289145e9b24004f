/** What diagrams and decision tables in force tell about names that a draft may use: handlers, preparations, fields of forms. */
const vocabulary = 'urn:hotline-12345:duty:1';

interface Named {
  readonly value: string;
  readonly label: string;
}

export interface InForceNames {
  /** Titles of handlers: as the tasks are called that they serve. */
  readonly handlers: ReadonlyMap<string, string>;
  /** What the program prepares for a timer start. */
  readonly preparations: readonly Named[];
  /** Required and kept fields: key → title of the field, and the element that asks. */
  readonly asked: ReadonlyMap<string, Asked>;
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

export function namesInForce(diagrams: readonly string[]): InForceNames {
  const elements = diagrams.flatMap((xml) => [
    ...new DOMParser().parseFromString(xml, 'application/xml').querySelectorAll('*'),
  ]);
  return { handlers: handlersIn(elements), preparations: preparationsIn(elements), asked: askedIn(elements) };
}

const nameOf = (element: Element | null | undefined): string => element?.getAttribute('name') ?? '';
const dutyOf = (element: Element, name: string): string | null => element.getAttributeNS(vocabulary, name);

function handlersIn(elements: readonly Element[]): ReadonlyMap<string, string> {
  const uses = elements.flatMap((task) => {
    const handler = dutyOf(task, 'handler');
    return handler === null ? [] : [{ handler, name: nameOf(task), within: nameOf(task.parentElement) }];
  });
  const titled = (handler: string): string => {
    const own = uses.filter((one) => one.handler === handler);
    const names = [...new Set(own.map(({ name }) => name))].join('、');
    const isShared = uses.some((one) => one.handler !== handler && one.name === own[0]?.name);
    return isShared ? `${names}(${own[0]?.within ?? ''})` : names;
  };
  return new Map(uses.map(({ handler }) => [handler, titled(handler)]));
}

const preparationsIn = (elements: readonly Element[]): readonly Named[] =>
  elements.flatMap((timer) => {
    const value = dutyOf(timer, 'prepare');
    const event = timer.parentElement;
    return value === null ? [] : [{ value, label: `${nameOf(event?.parentElement)}:${nameOf(event)}` }];
  });

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
