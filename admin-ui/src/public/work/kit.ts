import { append, h, replace } from '../dom';
import { trouble } from '../frame';
import { faultText, type Refusal } from './act';
import { w } from './text';

type Child = Parameters<typeof h>[2];

/** Pairs of a name and what it is; what is not known is left out. */
export function facts(...pairs: [string, Child][]) {
  return h(
    'dl',
    { class: 'facts' },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
      .map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))),
  );
}

export const notice = (...children: Child[]) => h('div', { class: 'notice' }, ...children);

export const lines = (texts: readonly string[]) =>
  h(
    'ul',
    null,
    texts.map((text) => h('li', null, text)),
  );

/** One more level of words that not everybody needs at once. */
export function unfold(title: string, ...children: Child[]) {
  return h('details', { class: 'more-filters' }, h('summary', null, title), ...children);
}

/** Says what went wrong where it was asked for, and reads it out. */
export function alertBox() {
  const box = h('div', { class: 'said', role: 'alert' });
  return {
    box,
    say(message: string | null) {
      replace(box, message !== null && h('p', { class: 'notice bad' }, message));
    },
  };
}

/** Nothing is pressed twice while it is under way, and what was not done says so at the button. */
export function actButton(label: Child, run: () => Promise<Refusal | null | undefined>, quiet = false): HTMLElement {
  const told = alertBox();
  const button = h('button', { type: 'button', class: quiet ? 'button quiet wide' : 'button wide' }, label);
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    told.say(null);
    try {
      told.say((await run())?.message ?? null);
    } catch (fault) {
      told.say(faultText(fault));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
  return h('div', { class: 'act' }, button, told.box);
}

/** Drawn anew, a page has lost the button that was pressed: who goes by keyboard or ear goes on at its beginning. */
export async function redrawn(draw: () => unknown): Promise<void> {
  try {
    await draw();
  } catch (fault) {
    const main = document.getElementById('main');
    if (main) trouble(main, faultText(fault), () => void redrawn(draw));
  }
  document.getElementById('main')?.focus();
}

let asked = 0;

/** Says what follows before it is done: what cannot be undone takes two presses. */
export function sureButton(
  label: string,
  consequences: Child,
  yes: string,
  run: () => Promise<Refusal | null | undefined>,
): HTMLElement {
  const box = h('div', { class: 'act' });
  const id = `sure-${++asked}`;
  const closed = (focus: boolean) => {
    const open = h('button', { type: 'button', class: 'button quiet wide', onclick: asking }, label);
    replace(box, open);
    if (focus) open.focus();
  };
  const asking = () => {
    const heading = h('h3', { id, tabindex: '-1' }, label);
    replace(
      box,
      h(
        'div',
        { class: 'notice', role: 'group', 'aria-labelledby': id },
        heading,
        consequences,
        actButton(yes, run),
        h('button', { type: 'button', class: 'button quiet wide', onclick: () => closed(true) }, w('app.no')),
      ),
    );
    heading.focus();
  };
  closed(false);
  return box;
}

export interface Field {
  /** The name the server gives it, without `input.`. */
  name: string;
  box: HTMLElement;
  value(): string;
  set(text: string): void;
  missing(): boolean;
  say(message: string | null): void;
  focus(): void;
}

interface Typed {
  name: string;
  /** Where a page has several fields of a name, the form that this one belongs to. */
  within?: string;
  label: string;
  hint?: string;
  value?: string;
  required?: boolean;
  type?: 'text' | 'tel' | 'number' | 'date' | 'time' | 'datetime-local';
  inputmode?: 'numeric' | 'decimal';
  maxlength?: number;
  autocomplete?: string;
  list?: string;
  rows?: number;
  min?: string;
  max?: string;
  onchange?: () => void;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A label, what may be said of it, its control, and what was wrong with it. */
function around(name: string, label: string, control: Control, hint: string | undefined, required: boolean): Field {
  const id = control.id;
  const wrong = h('p', { class: 'wrong', id: `${id}-wrong` });
  wrong.hidden = true;
  control.setAttribute('aria-describedby', `${hint ? `${id}-hint ` : ''}${id}-wrong`);
  if (required) control.setAttribute('aria-required', 'true');
  const optional = !required && h('small', null, w('form.optional'));
  return {
    name,
    box: h(
      'div',
      { class: 'field' },
      h('label', { for: id }, label, optional),
      hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
      control,
      wrong,
    ),
    value: () => control.value.trim(),
    set: (text) => {
      control.value = text;
    },
    missing: () => required && control.value.trim() === '',
    say(message) {
      wrong.hidden = message === null;
      wrong.textContent = message ?? '';
      if (message === null) control.removeAttribute('aria-invalid');
      else {
        control.setAttribute('aria-invalid', 'true');
        // What is folded away is neither read nor does it take the focus.
        control.closest('details')?.setAttribute('open', '');
      }
    },
    focus: () => control.focus(),
  };
}

const idOf = (name: string) => `f-${name.replace(/\W/g, '-')}`;

export function textField(typed: Typed): Field {
  const { name, within, label, hint, required = false, rows, onchange, ...rest } = typed;
  const { type = 'text', value = '', ...attributes } = rest;
  const id = idOf(within ? `${within}-${name}` : name);
  const control = rows
    ? h('textarea', { id, rows, value, ...attributes })
    : h('input', { id, type, value, autocomplete: 'off', ...attributes });
  if (onchange) control.addEventListener('input', onchange);
  return around(name, label, control, hint, required);
}

export function choiceField(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  { value = '', hint, required = true, onchange }: Pick<Typed, 'value' | 'hint' | 'required' | 'onchange'> = {},
): Field & { control: HTMLSelectElement } {
  const control = h(
    'select',
    { id: idOf(name) },
    options.map(([key, text]) => h('option', { value: key, selected: key === value }, text)),
  );
  if (onchange) control.addEventListener('change', onchange);
  return { ...around(name, label, control, hint, required), control };
}

export function checkField(
  name: string,
  label: Child,
  { needed = false, checked = false } = {},
): Field & { on(): boolean } {
  const control = h('input', { type: 'checkbox', id: idOf(name), checked });
  const field = around(name, '', control, undefined, false);
  const wrong = field.box.querySelector('.wrong') as HTMLElement;
  const box = h('div', { class: 'field' }, h('label', { class: 'check', for: control.id }, control, label), wrong);
  return { ...field, box, on: () => control.checked, missing: () => needed && !control.checked };
}

/** `input.contacts[0].phone` and `contacts.0.phone` name the same field. */
const pathOf = (field: string) => field.replace(/\[(\d+)\]/g, '.$1').replace(/^input\./, '');

/** Puts a refusal where it belongs: at its field, else above the form. Nothing typed is lost. */
export function form(
  fields: () => Field[],
  children: Child,
  submit: string,
  send: () => Promise<Refusal | null | undefined>,
): HTMLFormElement {
  const told = alertBox();
  const button = h('button', { type: 'submit', class: 'button wide' }, submit);
  const element = h('form', { class: 'form', novalidate: true }, told.box);
  append(element, [children, button]);
  /** Whoever pressed at the foot of a long form sees what is said at its head. */
  const above = (message: string) => {
    told.say(message);
    told.box.scrollIntoView({ block: 'nearest' });
  };
  const wrongAt = (refusal: Refusal) => {
    const path = refusal.field === null ? null : pathOf(refusal.field);
    const at = fields().find(({ name }) => name === path) ?? fields().find(({ name }) => path?.startsWith(`${name}.`));
    if (!at) return above(refusal.message);
    at.say(refusal.message);
    at.focus();
  };
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled')) return;
    told.say(null);
    for (const field of fields()) field.say(null);
    const missing = fields().filter((field) => field.missing());
    for (const field of missing) field.say(w('form.needed'));
    if (missing.length > 0) return missing[0]?.focus();
    button.setAttribute('aria-disabled', 'true');
    try {
      const refusal = await send();
      if (refusal) wrongAt(refusal);
    } catch (fault) {
      above(faultText(fault));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
  return element;
}
