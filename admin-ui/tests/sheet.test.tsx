// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Import } from '../src/admin/imports/detail';
import { SheetIssues } from '../src/admin/imports/sheet';

afterEach(cleanup);

function lines(codes: string[], hasNextPage: boolean) {
  const edges = codes.map((code, at) => ({ node: { row: at + 1, code, severity: 'NOTE', message: code, hint: '' } }));
  render(<SheetIssues item={{ issues: { edges, pageInfo: { hasNextPage } } } as unknown as Import} />);
  return screen.queryAllByRole('listitem').map((line) => line.textContent);
}

describe('what is said about a sheet as a whole', () => {
  it('leaves to the rows what is theirs, and says nothing where nothing is left', () => {
    expect(lines(['FIGURE', 'ROW_SKIPPED'], false)).toEqual(['第 2 行： ROW_SKIPPED ']);
    cleanup();
    expect(lines(['FIGURE'], false)).toEqual([]);
  });

  it('says that there is more where it could not look at every finding', () => {
    expect(lines(['FIGURE'], true)).toEqual([expect.stringContaining('其余请看逐行结果和错误报告')]);
  });
});
