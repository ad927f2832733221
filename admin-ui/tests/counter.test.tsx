// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Find } from '../src/admin/counter/find';
import type { Prefill } from '../src/admin/counter/look-up';
import { Register } from '../src/admin/counter/register';
import { stubLayout } from './layout';
import { type Asked, shown } from './shown';

const permissions = vi.hoisted(() => ({ held: new Set<string>() }));
vi.mock('../src/admin/app/session', () => ({
  useSession: () => ({
    can: (permission: string) => permissions.held.has(permission),
    viewer: { tenant: { code: '140100' } },
  }),
}));

beforeAll(stubLayout);
afterEach(cleanup);

const CARD = ['姓名：李建国', '住址：山西省太原市小店区坞城路1号', '公民身份号码：140105198506121673'];
const WORKER = {
  __typename: 'Worker',
  ...{ id: 'w1', citizenId: 'c1', nameMasked: '李*', idNumberMasked: '140***********1673', phoneMasked: null },
  ...{ ageBand: 'ADULT', overAgeIsCertain: null, countyName: '小店区', status: 'ACTIVE', looking: true },
  ...{ lookingUntil: null, trades: [] },
};

describe('the field of the counter', () => {
  type Look = { idNumber?: string | null; phone?: string | null; text?: string };

  function show(known: boolean, held = ['worker.look_up', 'worker.register']) {
    permissions.held = new Set(held);
    const asked: Asked<Look>[] = [];
    const found = vi.fn();
    const fresh = vi.fn<(prefill: Prefill) => void>();
    shown<Look>(
      <Find marketId="m1" box={createRef<HTMLTextAreaElement>() as never} onFound={found} onNew={fresh} />,
      (request) => {
        asked.push(request);
        if (request.operationName === 'ReadIdCard')
          return {
            readIdCard: {
              ...{ name: '李建国', idNumber: '140105198506121673' },
              ...{ idNumberMasked: '', age: 41, county: '140105' },
            },
          };
        return {
          lookUpWorker: known
            ? WORKER
            : { __typename: 'LookUpWorkerRefused', code: 'NOT_REGISTERED', message: '没有找到。', field: null },
        };
      },
    );
    return {
      asked,
      found,
      fresh,
      field: screen.getByLabelText('手机号、身份证号，或读卡器内容') as HTMLTextAreaElement,
    };
  }

  it('takes the lines of a card reader, each ended by Enter, as one text, and opens the form filled', async () => {
    const { asked, fresh, field } = show(false);
    for (const line of CARD) {
      fireEvent.change(field, { target: { value: field.value + line } });
      fireEvent.keyDown(field, { key: 'Enter' });
    }
    await waitFor(() => expect(fresh).toHaveBeenCalled());
    expect(asked[0]?.variables.text).toBe(CARD.join('\n'));
    expect(asked[1]?.variables.idNumber).toBe('140105198506121673');
    expect(fresh.mock.calls[0]?.[0]).toEqual({
      ...{ fromCard: true, name: '李建国', idNumber: '140105198506121673', county: '140105' },
    });
  });

  it('finds whoever is registered by a telephone number', async () => {
    const { asked, found, field } = show(true);
    fireEvent.change(field, { target: { value: '139 0351 0001' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(found).toHaveBeenCalled());
    expect(asked[0]?.variables).toMatchObject({ phone: '13903510001', idNumber: null });
  });

  it('says at itself what is no whole number, and asks nobody', async () => {
    const { asked, field } = show(true);
    fireEvent.change(field, { target: { value: '1390351' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await screen.findByText('这不是完整的手机号或身份证号，请核对。');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(asked).toEqual([]);
  });

  it('looks nobody up for whoever may not: the form opens at once', async () => {
    const { asked, fresh, field } = show(true, ['worker.register']);
    fireEvent.change(field, { target: { value: '13903510001' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(fresh).toHaveBeenCalledWith({ phone: '13903510001', fromCard: false }));
    expect(asked).toEqual([]);
  });
});

describe('the form of a walk-in', () => {
  type Sent = { input?: Record<string, unknown>; phone?: string };
  const refused = (over: object) => ({
    ...{ __typename: 'RegisterWorkerRefused', code: 'BAD_FORM', message: '不行。', field: null, existing: null },
    ...over,
  });

  function show(
    answer: object,
    prefill: Prefill = { fromCard: true, name: '李建国', idNumber: '140105198506121673', county: '140105' },
  ) {
    permissions.held = new Set(['worker.register']);
    const sent: Asked<Sent>[] = [];
    const done = vi.fn();
    shown<Sent>(<Register marketId="m1" prefill={prefill} onDone={done} onCancel={vi.fn()} />, (request) => {
      sent.push(request);
      if (request.operationName === 'CounterNotice') return { privacyNotice: { version: '2026-11', text: '# 告知书' } };
      if (request.operationName === 'DivisionChildren')
        return { divisions: [{ code: '140105', name: '小店区', level: 'COUNTY', statisticalZone: false }] };
      if (request.operationName === 'TradeChoices')
        return { trades: [{ code: 'T1', name: '保洁员', aliases: ['保洁'], needsCertificate: false }] };
      if (request.operationName === 'SendConsentCode')
        return { requestPhoneCode: { __typename: 'PhoneCodeSent', goodUntil: '2026-11-27T09:00:00+08:00' } };
      return { registerWorker: answer };
    });
    return { sent, done };
  }

  const now = () => document.activeElement as HTMLInputElement;
  const onto = (name: string) => waitFor(() => expect(now().id).toBe(`counter-worker_${name}`));
  const enter = () => act(async () => void fireEvent.keyDown(now(), { key: 'Enter', keyCode: 13 }));
  const type = (value: string) => act(async () => void fireEvent.change(now(), { target: { value } }));

  /** From the first field that the card left empty to the register button, without a mouse. */
  async function fill() {
    await screen.findByText(/告知书（2026-11）/);
    await onto('phone');
    await type('13903510001');
    await onto('trades');
    await type('保洁');
    await screen.findAllByText(/俗称：保洁/);
    await enter();
    fireEvent.keyUp(now(), { key: 'Enter', keyCode: 13 });
    await waitFor(() => expect(now().closest('.ant-select')?.textContent).toContain('保洁'));
    await waitFor(() => expect(now().value).toBe(''));
    await enter();
    await onto('county');
    await enter();
    await waitFor(() => expect(now().textContent).toBe('发送验证码'));
    await act(async () => now().click());
    await onto('code');
    await type('123456');
    await waitFor(() => expect(now().textContent).toBe('登记'));
    await act(async () => now().click());
  }

  it('hands the focus on by itself from field to field, and registers', async () => {
    const { sent, done } = show(WORKER);
    await fill();
    await waitFor(() => expect(done).toHaveBeenCalledWith(expect.objectContaining({ id: 'w1' }), false));
    expect(sent.find(({ operationName }) => operationName === 'SendConsentCode')?.variables.phone).toBe('13903510001');
    expect(sent.at(-1)?.variables.input).toMatchObject({
      ...{ name: '李建国', idNumber: '140105198506121673', phone: '13903510001', trades: ['保洁'], county: '140105' },
      ...{ fromCard: true, consent: { how: 'PHONE_CODE', noticeVersion: '2026-11', code: '123456' } },
    });
  });

  it('shows a refused consent at the code it rests on', async () => {
    show(refused({ code: 'CONSENT', message: '验证码不正确。', field: 'input.consent' }));
    await fill();
    await screen.findByRole('alert');
    const field = document.getElementById('counter-worker_code');
    await waitFor(() => expect(field?.closest('.ant-form-item')?.textContent).toContain('验证码不正确。'));
  });

  it('shows a refused number at its field, and on top with the way there', async () => {
    show(refused({ code: 'PHONE_TAKEN', message: '该手机号已在其他登记中使用。', field: 'input.phone' }));
    await fill();
    fireEvent.click(await screen.findByRole('link', { name: '该手机号已在其他登记中使用。' }));
    expect(now().id).toBe('counter-worker_phone');
  });

  it('goes on with the entry that is there already', async () => {
    const { done } = show(refused({ code: 'ALREADY_REGISTERED', existing: WORKER }));
    await fill();
    await waitFor(() => expect(done).toHaveBeenCalledWith(expect.objectContaining({ id: 'w1' }), true));
  });

  it('asks whoever has no telephone for the signed paper instead', async () => {
    show(WORKER, { fromCard: false, name: '李建国', idNumber: '140105198506121673', county: '140105' });
    await screen.findByText(/告知书（2026-11）/);
    await onto('phone');
    await type('无');
    await screen.findByLabelText('签字件扫描或照片');
    expect(screen.queryByRole('button', { name: '发送验证码' })).toBeNull();
  });
});
