import { h } from '../../dom';
import type { ShiftInput } from '../gql/graphql';
import { type Field, textField } from '../kit';
import { at, clock, dayAfter, dayOf } from '../text';
import { e } from './text';

const DAY_MS = 86_400_000;

interface Row {
  box: HTMLElement;
  fields: Field[];
  value(): ShiftInput | null;
  day: Field;
  from: Field;
  to: Field;
  count: Field;
}

interface Given {
  startsAt?: string;
  endsAt?: string;
  headcount?: number;
}

/** One row a shift: day, from, until, how many. Work that ends before it begins ends the next day. */
function row(index: number, given: Given, changed: () => void): Row {
  const name = (part: string) => `shifts.${index}${part}`;
  const { startsAt, endsAt } = given;
  const day = textField({
    name: name(''),
    label: e('post.day'),
    type: 'date',
    value: startsAt ? dayOf(new Date(startsAt)) : dayOf(new Date(Date.now() + DAY_MS)),
    min: dayOf(new Date()),
    required: true,
    onchange: changed,
  });
  const time = (part: string, label: string, value: string) =>
    textField({ name: name(part), label, type: 'time', value, required: true, onchange: changed });
  const from = time('.startsAt', e('post.from'), startsAt ? clock(startsAt) : '08:00');
  const to = time('.endsAt', e('post.to'), endsAt ? clock(endsAt) : '17:00');
  const count = textField({
    name: name('.headcount'),
    label: e('post.count'),
    type: 'number',
    inputmode: 'numeric',
    min: '1',
    max: '500',
    value: String(given.headcount ?? 1),
    required: true,
    onchange: changed,
  });
  const value = (): ShiftInput | null => {
    const on = day.value();
    if (!on || !from.value() || !to.value()) return null;
    const overnight = to.value() <= from.value();
    const ends = overnight ? dayAfter(on) : on;
    return { startsAt: at(on, from.value()), endsAt: at(ends, to.value()), headcount: Number(count.value()) || 0 };
  };
  const box = h('div', { class: 'pair shift' }, day.box, from.box, to.box, count.box);
  return { box, fields: [from, to, count, day], value, day, from, to, count };
}

/** When, and how many: one shift or several, the next like the one before it a day later. */
export function shiftRows(given: readonly Given[], changed: () => void, breakMinutes: () => number) {
  const rows: Row[] = [];
  const box = h('div');
  const add = (next: Given) => {
    const made = row(rows.length, next, changed);
    rows.push(made);
    box.append(made.box);
    return made;
  };
  for (const one of given.length > 0 ? given : [{}]) add(one);
  const another = () => {
    const last = rows[rows.length - 1]?.value();
    const later = (moment: string) => new Date(new Date(moment).getTime() + DAY_MS).toISOString();
    add(
      last ? { startsAt: later(last.startsAt), endsAt: later(last.endsAt), headcount: last.headcount } : {},
    ).day.focus();
    fewer.hidden = false;
    changed();
  };
  const remove = () => {
    rows.pop()?.box.remove();
    fewer.hidden = rows.length < 2;
    changed();
  };
  const fewer = h('button', { type: 'button', class: 'button quiet', onclick: remove }, e('post.fewerShifts'));
  fewer.hidden = rows.length < 2;
  const buttons = h(
    'div',
    { class: 'row' },
    h('button', { type: 'button', class: 'button quiet', onclick: another }, e('post.moreShifts')),
    fewer,
  );
  return {
    box: h('div', null, box, buttons),
    fields: () => rows.flatMap((one) => one.fields),
    value: () =>
      rows
        .map((one) => one.value())
        .filter((one) => one !== null)
        .map((one) => ({ ...one, breakMinutes: breakMinutes() })),
  };
}
