/**
 * What is wrong in a form: at each field, and linked above them. The browser's own bubble shows one, in the browser's
 * language, and vanishes. The checks are the browser's; which fields they concern, the fields say.
 */
export interface ErrorWords {
  readonly missing: string;
  readonly wrong: string;
  readonly several: (count: number) => string;
}

const chinese: ErrorWords = {
  missing: '请填写',
  wrong: '填得不对',
  several: (count) => `有 ${count} 处要改`,
};

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (target: unknown): target is Control =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement;

/** Of a group of choices: the group. */
const fieldOf = (control: Control): Element =>
  control.closest('.choices, .field') ?? control.closest('label') ?? control.parentElement ?? control;

function nameOf(control: Control): string {
  const field = fieldOf(control);
  const name = field.querySelector('.name, legend') ?? control.labels?.[0];
  return (control.ariaLabel ?? name?.textContent ?? '').trim();
}

/** @param words asked anew at each fault: the callers' page changes its language */
export function showFieldErrors(words: () => ErrorWords = () => chinese): void {
  const wrongOf = (control: Control): string => {
    const { validity, validationMessage, title } = control;
    if (validity.valueMissing) return words().missing;
    if (validity.customError) return validationMessage;
    const { min = '', max = '', minLength = -1 } = control as Partial<HTMLInputElement>;
    const bound = [
      ...(validity.rangeUnderflow ? [`≥ ${min}`] : []),
      ...(validity.rangeOverflow ? [`≤ ${max}`] : []),
      ...(validity.tooShort ? [`≥ ${minLength}`] : []),
    ];
    return title || [words().wrong, ...bound].join(' ');
  };
  let found: Control[] = [];

  const show = (form: HTMLFormElement): void => {
    const [first] = found;
    const fields = [...new Map(found.toReversed().map((control) => [fieldOf(control), control]))].reverse();
    for (const [field, control] of fields) field.setAttribute('data-error', wrongOf(control));
    for (const control of found) {
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-description', wrongOf(control));
    }
    if (fields.length > 1) form.prepend(summaryOf(fields.map(([, control]) => control)));
    first?.focus();
    found = [];
  };
  const summaryOf = (controls: readonly Control[]): HTMLElement => {
    const summary = document.createElement('div');
    summary.className = 'notice error-summary';
    summary.setAttribute('role', 'alert');
    const list = document.createElement('ul');
    for (const control of controls) {
      const link = document.createElement('button');
      link.type = 'button';
      link.className = 'link late';
      link.textContent = `${nameOf(control)}：${wrongOf(control)}`;
      link.onclick = () => control.focus();
      list.appendChild(document.createElement('li')).append(link);
    }
    const title = document.createElement('strong');
    title.textContent = words().several(controls.length);
    summary.append(title, list);
    return summary;
  };
  const mend = ({ target }: Event): void => {
    if (!isControl(target) || !target.validity.valid) return;
    const field = fieldOf(target);
    if (!field.querySelector(':invalid')) field.removeAttribute('data-error');
    target.removeAttribute('aria-invalid');
    target.removeAttribute('aria-description');
    if (!target.form?.querySelector('[data-error]')) target.form?.querySelector('.error-summary')?.remove();
  };

  document.addEventListener(
    'invalid',
    (event) => {
      const { target } = event;
      if (!isControl(target) || !target.form) return;
      event.preventDefault();
      const { form } = target;
      if (found.length === 0) {
        form.querySelector('.error-summary')?.remove();
        queueMicrotask(() => show(form));
      }
      found.push(target);
    },
    true,
  );
  document.addEventListener('input', mend);
  document.addEventListener('change', mend);
}
