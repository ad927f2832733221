import { h, replace } from '../dom';
import { Act, type Refusal } from './act';
import { ChangePhoneDocument, PhoneCodeDocument } from './gql/graphql';
import { actButton, type Field, form } from './kit';
import { codeField, phoneField } from './signin';
import { w } from './text';

type Go = () => Promise<Refusal | null>;

/** Another number (换手机号): a code to the present one, a code to the new one, and only then is it changed. */
export function changeNumber(slug: string, version: number, changed: () => Promise<void>) {
  const box = h('div');
  const sendTo = sender(slug);
  const changing = new Act();

  const begin = (number = '') => {
    const present = phoneField('present', w('number.present'), 'off', w('number.help'));
    present.set(number);
    step(box, [present], w('sign.send'), async () => {
      const refused = await sendTo(present);
      if (!refused) other(present.value());
      return refused;
    });
    if (number) present.focus();
  };

  const other = (number: string) => {
    const code = codeField('presentCode', number);
    const next = phoneField('newPhone', w('number.new'));
    const back = { type: 'button', class: 'button quiet wide', onclick: () => begin(number) };
    const anew = h('button', back, w('number.anew'));
    const send = async () => {
      const refused = await sendTo(next);
      if (!refused) last(code, next, send, anew);
      return refused;
    };
    step(box, [code, next], w('sign.send'), send, anew);
    code.focus();
  };

  const last = (code: Field, next: Field, again: Go, anew: Node) => {
    const newCode = codeField('newCode', next.value());
    const save = async () => {
      const input = { code: code.value(), newPhone: next.value(), newCode: newCode.value() };
      const { refused } = await changing.run(slug, ChangePhoneDocument, { input, version });
      if (!refused) await changed();
      return refused?.field === 'input.code' ? { ...refused, field: code.name } : (refused ?? null);
    };
    step(box, [code, next, newCode], w('number.save'), save, actButton(w('sign.resend'), again, true), anew);
    newCode.focus();
  };

  begin();
  return box;
}

/** Sends a code to the number of a field; what is refused of it is said there. */
function sender(slug: string) {
  const act = new Act();
  return async (number: Field): Promise<Refusal | null> => {
    const asked = { phone: number.value(), purpose: 'CHANGE_PHONE' } as const;
    const { refused } = await act.run(slug, PhoneCodeDocument, asked);
    return refused ? { ...refused, field: refused.field && number.name } : null;
  };
}

/** One field more at each step; what was typed before stays to be mended. */
function step(box: HTMLElement, fields: Field[], submit: string, go: Go, ...more: Node[]) {
  const boxes = fields.map((field) => field.box);
  replace(
    box,
    form(() => fields, boxes, submit, go),
    more,
  );
}
