import type { KeyboardEvent } from 'react';

/** Goes on to the next thing of a form that takes keys, in the order in which it stands on the page. */
export function focusNext(form: HTMLElement | null, from: Element | null) {
  if (!form) return;
  const all = [
    ...form.querySelectorAll<HTMLElement>('[data-stop] input, [data-stop] textarea, button[data-stop]'),
  ].filter((e) => !e.matches(':disabled, [hidden], [type=hidden]') && e.tabIndex >= 0);
  const firsts = all.filter((e) => firstOfStop(e, all));
  const here = from?.closest('[data-stop]') ?? null;
  const at = firsts.findIndex((e) => e.closest('[data-stop]') === here);
  firsts[at + 1]?.focus();
}

/** Of a group of radios and the like one is enough. */
function firstOfStop(element: HTMLElement, all: HTMLElement[]): boolean {
  const stop = element.closest('[data-stop]');
  return all.find((e) => e.closest('[data-stop]') === stop) === element;
}

/** Enter goes on instead of handing the form in, as long as something comes after. */
export function onEnter(event: KeyboardEvent, act: () => void) {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
