// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showData } from '../src/public/work/data';
import { city } from './public-market';

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}
type Answers = Record<'requestPhoneCode' | 'changePhone', () => object>;

const sent: Asked[] = [];
const acts = () => sent.filter(({ query }) => query.includes('mutation')).map(({ variables }) => variables);
let masked = '138****0001';
let answers: Answers;

const refused = (of: string, code: string, message: string, field: string | null) => ({
  ...{ __typename: `${of}Refused`, code, message, field },
});

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  sent.length = 0;
  masked = '138****0001';
  answers = {
    requestPhoneCode: () => ({ __typename: 'PhoneCodeSent', goodUntil: '' }),
    changePhone: () => {
      masked = '139****0002';
      return { __typename: 'Citizen' };
    },
  };
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const asked = JSON.parse(String(init.body)) as Asked;
    sent.push(asked);
    for (const name of ['requestPhoneCode', 'changePhone'] as const)
      if (asked.query.includes(`${name}(`))
        return Promise.resolve(Response.json({ data: { [name]: answers[name]() } }));
    const citizen = { id: 'c', version: 7, nameMasked: '何*', phoneMasked: masked, idNumberMasked: null, consents: [] };
    const citizenViewer = { sessionEndsAt: '2030-01-01T00:00:00Z', citizen, worker: null, parties: [] };
    const privacyNotice = { version: '2026-11', text: '' };
    return Promise.resolve(Response.json({ data: { city, citizenViewer, privacyNotice } }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const fold = () => screen.getByText('换手机号').closest('details') as HTMLDetailsElement;
const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const type = (id: string, value: string) => fireEvent.input(field(id), { target: { value } });
const press = () => fireEvent.click(fold().querySelector('.form > .button') as HTMLElement);
const there = (id: string) => waitFor(() => expect(document.activeElement?.id).toBe(id));
const wrong = (id: string) => document.getElementById(`${id}-wrong`)?.textContent;

/** Up to the last step: both codes were sent. */
async function proved() {
  await showData('taiyuan');
  type('f-present', '13800000001');
  press();
  await there('f-presentCode');
  type('f-presentCode', '111111');
  type('f-newPhone', '13900000002');
  press();
  await there('f-newCode');
  type('f-newCode', '222222');
}

describe('changing one’s number', () => {
  it('sends a code to each number, then both with the version that was read, and shows the new one', async () => {
    await proved();
    press();
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('手机号换好了'));
    expect(acts()).toEqual([
      { phone: '13800000001', purpose: 'CHANGE_PHONE' },
      { phone: '13900000002', purpose: 'CHANGE_PHONE' },
      { input: { code: '111111', newPhone: '13900000002', newCode: '222222' }, version: 7 },
    ]);
    expect(document.querySelector('main')?.textContent).toContain('139****0002');
    expect(location.href).not.toContain('139');
  });

  it.each([
    ['input.code', 'f-presentCode'],
    ['input.newPhone', 'f-newPhone'],
    ['input.newCode', 'f-newCode'],
  ])('shows what is refused of %s at its field, and keeps what was typed', async (path, id) => {
    answers.changePhone = () => refused('ChangePhone', 'WRONG', '验证码不正确。', path);
    await proved();
    press();
    await waitFor(() => expect(wrong(id)).toBe('验证码不正确。'));
    expect(document.activeElement?.id).toBe(id);
    expect(['f-presentCode', 'f-newPhone', 'f-newCode'].map((one) => field(one).value)).toEqual([
      ...['111111', '13900000002', '222222'],
    ]);
  });

  it('says what is refused of a number where that stands, of either one', async () => {
    answers.requestPhoneCode = () => refused('RequestPhoneCode', 'NOT_MOBILE', '请填写11位手机号码。', 'phone');
    await showData('taiyuan');
    type('f-present', '0351');
    press();
    await waitFor(() => expect(wrong('f-present')).toBe('请填写11位手机号码。'));
    answers.requestPhoneCode = () => ({ __typename: 'PhoneCodeSent', goodUntil: '' });
    type('f-present', '13800000001');
    press();
    await there('f-presentCode');
    answers.requestPhoneCode = () => refused('RequestPhoneCode', 'TOO_SOON', '请在60秒后再试。', 'phone');
    type('f-presentCode', '111111');
    type('f-newPhone', '13900000002');
    press();
    await waitFor(() => expect(wrong('f-newPhone')).toBe('请在60秒后再试。'));
  });

  it('sends another code to the new number as it is now, and begins again with the present one', async () => {
    await proved();
    type('f-newPhone', '13900000003');
    fireEvent.click(screen.getByRole('button', { name: '没收到，再发一次' }));
    await waitFor(() => expect(fold().textContent).toContain('发到 13900000003 的六位验证码'));
    expect([field('f-presentCode').value, field('f-newCode').value]).toEqual(['111111', '']);
    fireEvent.click(screen.getByRole('button', { name: '从头再来' }));
    expect(field('f-present').value).toBe('13800000001');
  });
});

it('keeps the form that takes along apart from the one that erases, whichever is open', async () => {
  await showData('taiyuan');
  fireEvent.click(screen.getByRole('button', { name: '删除我的全部资料' }));
  fireEvent.click(await screen.findByRole('button', { name: '我明白，发验证码' }));
  await waitFor(() => expect(screen.getAllByLabelText(/手机号/)).toHaveLength(3));
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
});
