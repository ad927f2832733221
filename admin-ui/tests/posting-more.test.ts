// @vitest-environment jsdom
import { fireEvent } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { moreFields } from '../src/public/work/hire/more';
import { form } from '../src/public/work/kit';

const WHERE = { slug: 'taiyuan', city: '140100', markets: [] };
const DIVISIONS = [
  { code: '140105', name: '小店区', statisticalZone: false },
  { code: '140106', name: '迎泽区', statisticalZone: false },
];
const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const choose = (id: string, value: string) => fireEvent.change(field(id), { target: { value } });
let online = true;

beforeEach(() => {
  document.body.replaceChildren();
  online = true;
  vi.stubGlobal('fetch', () =>
    online
      ? Promise.resolve(Response.json({ data: { divisions: DIVISIONS } }))
      : Promise.reject(new TypeError('Failed to fetch')),
  );
});
afterEach(() => vi.unstubAllGlobals());

function shown(from: Parameters<typeof moreFields>[1], changed = () => {}) {
  const more = moreFields(WHERE, from, changed);
  document.body.append(more.box);
  return more;
}
const listed = () => vi.waitFor(() => expect(document.querySelectorAll('#f-county option')).toHaveLength(3));

describe('what a posting may say besides', () => {
  it('is an odd job without a certificate, in the county that the server knows, unless it is said', async () => {
    const more = shown({});
    await listed();
    expect(more.value()).toMatchObject({ county: null, kind: 'ODD_JOB', needsCertificate: false });
  });

  it('is sent as it was chosen, and looked over anew', async () => {
    const changed = vi.fn();
    const more = shown({}, changed);
    await listed();
    choose('f-county', '140106');
    choose('f-kind', 'INTERNSHIP');
    fireEvent.click(field('f-needsCertificate'));
    expect(more.value()).toMatchObject({ county: '140106', kind: 'INTERNSHIP', needsCertificate: true });
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('begins with what is known of a posting, and can be taken back', async () => {
    const more = shown({ county: '140105', kind: 'INTERNSHIP', needsCertificate: true });
    await listed();
    expect(more.value()).toMatchObject({ county: '140105', kind: 'INTERNSHIP', needsCertificate: true });
    choose('f-county', '');
    expect(more.value().county).toBeNull();
  });

  it('keeps a known county while there is no list of them', async () => {
    online = false;
    expect(shown({ county: '140105' }).value().county).toBe('140105');
  });

  it('is unfolded where something of it is refused', async () => {
    const more = shown({ kind: 'INTERNSHIP' });
    const fold = document.createElement('details');
    fold.append(more.box);
    const message = '见习由单位招用。';
    const send = async () => ({ code: 'INTERNSHIP_OF_PERSON', message, field: 'input.kind' });
    document.body.append(form(() => more.fields, fold, '发布', send));
    expect(fold.open).toBe(false);
    fireEvent.submit(document.querySelector('form') as HTMLFormElement);
    await vi.waitFor(() => expect(fold.open).toBe(true));
    expect(document.getElementById('f-kind-wrong')?.textContent).toBe(message);
  });
});
