// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { App } from 'antd';
import { Provider } from 'urql';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { JobBar } from '../src/admin/house/bar';
import type { Import } from '../src/admin/imports/detail';
import { RunningBox } from '../src/admin/imports/running';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(cleanup);

const job = (status: string, progress: number, total: number | null = 480) => ({ id: 'j1', status, progress, total });

/** What the bar says: its figure, none, or that there is no bar. */
function bar(of: ReturnType<typeof job>) {
  render(<JobBar job={of} label="预检名录文件" />);
  const shown = screen.queryByRole('progressbar', { name: '预检名录文件' });
  const figure = shown && (shown.getAttribute('aria-valuenow') ?? 'none');
  expect(shown?.textContent ?? '').not.toMatch(/^0/);
  cleanup();
  return figure;
}

/** What the page of an import says while it runs. */
function words(status: Import['status'], of: ReturnType<typeof job> | null) {
  const client = { subscription: () => ({ subscribe: () => ({ unsubscribe: vi.fn() }) }) };
  const item = { id: 'i1', version: 1, status, goodRows: 470, job: of } as unknown as Import;
  render(
    <Provider value={client as never}>
      <App>
        <RunningBox item={item} refetch={vi.fn()} />
      </App>
    </Provider>,
  );
  const said = screen.getByRole('status').textContent;
  cleanup();
  return said;
}

describe('how far a job is', () => {
  it('has a figure as soon as a step is done, and none before', () => {
    expect(bar(job('RUNNING', 0))).toBe('none');
    expect(bar(job('RUNNING', 0, null))).toBe('none');
    expect(bar(job('RUNNING', 120))).toBe('25');
  });

  it('is not shown while it waits for its first turn, nor when it is over', () => {
    expect([bar(job('QUEUED', 0, null)), bar(job('DONE', 480)), bar(job('FAILED', 0))]).toEqual([null, null, null]);
    expect(bar(job('QUEUED', 240))).toBe('50');
  });
});

describe('an import under way', () => {
  it('says what it does before it can say how many rows it did', () => {
    expect(words('READING', job('QUEUED', 0))).toBe('排队');
    expect(words('READING', job('RUNNING', 0))).toBe('正在读取文件');
    expect(words('APPLYING', job('RUNNING', 0, null))).toBe('正在与名录核对');
    expect(words('APPLYING', null)).toBe('正在与名录核对');
    expect(words('READING', job('RUNNING', 100))).toBe('已处理 100 / 480 行');
  });
});
