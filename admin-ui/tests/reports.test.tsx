// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import { Client, fetchExchange, Provider } from 'urql';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Props, Reports } from '../src/admin/province/reports';
import { stubLayout } from './layout';

const may = vi.hoisted(() => ({ all: true }));
vi.mock('../src/admin/app/session', () => ({
  useSession: () => ({ can: (action: string) => may.all || action === 'province.read', slug: 'platform' }),
}));

const sent: { query: string; variables: Record<string, unknown> }[] = [];
const answer = (_: unknown, init?: RequestInit) => {
  sent.push(JSON.parse(String(init?.body)));
  return Promise.resolve(
    Response.json({ data: { freezeProvinceReport: { __typename: 'ProvinceReport' } } }, { status: 200 }),
  );
};

beforeAll(stubLayout);
beforeEach(() => {
  sent.length = 0;
  may.all = true;
});
afterEach(cleanup);

const TAIYUAN = { code: '140100', nameZh: '太原市', nameEn: 'Taiyuan' };
const DATONG = { code: '140200', nameZh: '大同市', nameEn: 'Datong' };
const line = (city: object, included: boolean) => ({
  ...city,
  included,
  status: included ? 'ACCEPTED' : 'OPEN',
  versionNo: included ? 3 : null,
  rowCount: included ? 27 : null,
  changedSince: !included,
});
const FIRST = {
  id: 'p1',
  version: 1,
  versionNo: 1,
  frozenAt: '2026-12-22T09:00:00+08:00',
  frozenBy: 'lihua',
  cityCount: 1,
  rowCount: 27,
  changedSince: true,
  sentOn: null,
  documentNo: null,
  late: null,
  cities: [line(TAIYUAN, true), line(DATONG, false)],
};

function show(over: object, late = false) {
  const reports = { version: 0, dueOn: '2026-12-31', late, missing: [], versions: [], ...over };
  const rows = [{ city: TAIYUAN, status: 'ACCEPTED', rowCount: 27 }];
  const client = new Client({ url: 'http://localhost/graphql', exchanges: [fetchExchange], fetch: answer });
  const props = { reports, rows, year: 2026, refetch: vi.fn() } as unknown as Props;
  render(
    <Provider value={client}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <App>
          <Reports {...props} />
        </App>
      </ConfigProvider>
    </Provider>,
  );
}

describe('the report to the ministry', () => {
  it('is frozen only when each city that lacks is named, and is sent their codes', async () => {
    show({ missing: [{ status: 'RETURNED', city: DATONG }] });
    screen.getByRole('button', { name: '定稿' }).click();
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('将纳入 1 个市、27 个市场。')).toBeDefined();
    dialog.getByRole('button', { name: '定稿' }).click();
    expect((await dialog.findAllByText('请先接收，或勾选不纳入：大同市')).length).toBeGreaterThan(0);
    expect(sent).toEqual([]);
    fireEvent.click(dialog.getByRole('checkbox', { name: '不纳入大同市（被退回）' }));
    dialog.getByRole('button', { name: '定稿' }).click();
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.variables).toMatchObject({ year: 2026, version: 0, without: ['140200'] });
  });

  it('says what a version holds, what it lacks, and that another one is due', () => {
    show({ version: 1, versions: [FIRST] });
    expect(screen.getByText('该定新版')).toBeDefined();
    expect(screen.getByText('未纳入：大同市')).toBeDefined();
    expect(screen.getByText('定稿后有变化：大同市')).toBeDefined();
    expect(screen.getByText('太原市第 3 版，27 个')).toBeDefined();
    expect(screen.getByText('未上报')).toBeDefined();
  });

  it('says late or in time where it was sent, and that it is overdue where it was not', () => {
    show({ version: 1, versions: [FIRST] }, true);
    expect(screen.getByText(/还没有上报，已逾期/)).toBeDefined();
    cleanup();
    const gone = { ...FIRST, sentOn: '2027-01-03', late: true, documentNo: '晋人社函〔2027〕1号' };
    show({ version: 1, versions: [gone] }, true);
    expect(screen.queryByText(/还没有上报，已逾期/)).toBeNull();
    expect(screen.getByText('逾期上报')).toBeDefined();
    expect(screen.getByText('晋人社函〔2027〕1号')).toBeDefined();
  });

  it('sends the day and the number of the letter', async () => {
    show({ version: 1, versions: [FIRST] });
    screen.getByRole('button', { name: '记录上报（第 1 版）' }).click();
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText('上报日期'), { target: { value: '2026-12-28' } });
    fireEvent.change(dialog.getByLabelText('文号'), { target: { value: ' 晋人社函〔2026〕88号 ' } });
    dialog.getByRole('button', { name: '保存' }).click();
    await waitFor(() => expect(sent).toHaveLength(1));
    const asked = { id: 'p1', version: 1, sentOn: '2026-12-28', documentNo: '晋人社函〔2026〕88号' };
    expect(sent[0]?.variables).toMatchObject(asked);
  });

  it('offers nothing to whoever may only read', () => {
    may.all = false;
    show({ version: 1, versions: [FIRST] });
    expect(screen.queryAllByRole('button')).toEqual([]);
  });
});
