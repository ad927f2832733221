import { h } from '../dom';
import { COMMON_TRADES } from '../filters';
import { t } from '../text';

const SEPARATOR = /[、，,;；\s]+/;

/** Several trades as they were typed: whatever stands between them. */
export const tradesIn = (text: string) => text.split(SEPARATOR).filter(Boolean);

/** The trades most asked for, one press each, pressed again to take it back; one of them or many. */
export function tradeChips(input: HTMLInputElement, { many = false, chosen = () => {} } = {}) {
  const held = () => (many ? tradesIn(input.value) : [input.value.trim()]);
  const mark = () => {
    for (const chip of chips) chip.setAttribute('aria-pressed', String(held().includes(chip.dataset.trade ?? '')));
  };
  const press = (name: string) => {
    const rest = held().filter((other) => other !== name);
    const taken = held().includes(name);
    input.value = (taken ? (many ? rest : []) : many ? [...rest, name] : [name]).join('、');
    mark();
    chosen();
  };
  const chips = COMMON_TRADES.map(([name, key]) =>
    h('button', { type: 'button', class: 'chip', 'data-trade': name, onclick: () => press(name) }, t(key)),
  );
  input.addEventListener('input', mark);
  mark();
  return chips;
}
