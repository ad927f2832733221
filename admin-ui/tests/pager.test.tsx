// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Pager, usePages } from '../src/admin/kit/pager';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(cleanup);

/** A list of 17 in a city that puts seven on a page. */
function List() {
  const pages = usePages();
  const from = Number(pages.after ?? 0);
  const to = Math.min(from + 7, 17);
  const pageInfo = { hasNextPage: to < 17, endCursor: String(to) };
  return <Pager pages={pages} pageInfo={pageInfo} totalCount={17} shown={to - from} />;
}

const press = (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  return screen.getByRole('status').textContent;
};

describe('the way through the pages of a list', () => {
  it('names the rows that were counted, however many a city puts on a page', () => {
    render(<List />);
    expect(screen.getByRole('status').textContent).toMatch(/^第 1—7 条/);
    expect(press('下一页')).toMatch(/^第 8—14 条/);
    expect(press('下一页')).toMatch(/^第 15—17 条/);
    expect(screen.getByRole('button', { name: '下一页' })).toHaveProperty('disabled', true);
    expect(press('上一页')).toMatch(/^第 8—14 条/);
    expect(press('上一页')).toMatch(/^第 1—7 条/);
    expect(screen.getByRole('button', { name: '上一页' })).toHaveProperty('disabled', true);
  });
});
