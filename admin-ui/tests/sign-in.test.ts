// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showMe } from '../src/public/work/me';
import { city } from './public-market';

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  input: Record<string, unknown> | undefined;
}
const sent: Sent[] = [];
const NOTICE = { version: '2026-11', text: '# 告知书\n\n- 手机号' };
const TAIL = {
  __typename: 'SignInCitizenRefused',
  code: 'ID_TAIL_NEEDED',
  message: '请填后四位。',
  field: 'input.idTail',
};
let viewer: object | null = null;

/** A house that asks for the end of the card first, as where a counter made the entry. */
function answer(query: string, input: Record<string, unknown> | undefined) {
  if (query.includes('requestPhoneCode')) return { requestPhoneCode: { __typename: 'PhoneCodeSent', goodUntil: '' } };
  if (!query.includes('signInCitizen')) return { city, citizenViewer: viewer, privacyNotice: NOTICE };
  if (!input?.idTail) return { signInCitizen: TAIL };
  viewer = { citizen: { id: 'c', nameMasked: '何*', phoneMasked: null, version: 1 }, worker: null, parties: [] };
  return { signInCitizen: { __typename: 'CitizenSignedIn', token: 'yz_c_1' } };
}

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  sent.length = 0;
  viewer = null;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const asked = init.body ? JSON.parse(String(init.body)) : {};
    const { input } = asked.variables ?? {};
    sent.push({ url, method: String(init.method), headers: init.headers as Record<string, string>, input });
    if (url.endsWith('/session')) return Promise.resolve(new Response(null, { status: 204 }));
    return Promise.resolve(Response.json({ data: answer(String(asked.query), input) }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const submit = () => document.querySelector<HTMLButtonElement>('.form > .button')?.click();

describe('signing in by telephone', () => {
  it('shows the notice before anything is written down, and asks for the end of the card only where it is needed', async () => {
    await showMe('taiyuan');
    expect(document.querySelector('main')?.textContent).toContain('个人信息处理告知书');
    field('f-phone').value = '13800000001';
    submit();
    await vi.waitFor(() => expect(field('f-code')).not.toBeNull());
    const card = field('f-idTail').closest('.field')?.parentElement as HTMLElement;
    expect(card.hidden).toBe(true);
    field('f-code').value = '123456';
    submit();
    await vi.waitFor(() => expect(card.hidden).toBe(false));
    await vi.waitFor(() => expect(document.activeElement?.id).toBe('f-idTail'));
    expect(field('f-idTail').getAttribute('aria-invalid')).toBe('true');
    field('f-idTail').value = '0021';
    submit();
    await vi.waitFor(() => expect(document.querySelector('h1')?.textContent).toBe('何*，您好'));
    const session = sent.find(({ url }) => url === '/taiyuan/session');
    expect(session?.headers).toMatchObject({
      authorization: 'Bearer yz_c_1',
      'x-yizhan-as': 'citizen',
      'x-yizhan-csrf': '1',
    });
    expect(sent.filter(({ input }) => input).map(({ input }) => input?.noticeVersion)).toEqual(['2026-11', '2026-11']);
  });

  it('says what is missing without asking the server', async () => {
    await showMe('taiyuan');
    const before = sent.length;
    submit();
    expect(document.querySelector('.wrong')?.textContent).toBe('这一项要填。');
    expect(document.activeElement?.id).toBe('f-phone');
    expect(sent).toHaveLength(before);
  });
});
