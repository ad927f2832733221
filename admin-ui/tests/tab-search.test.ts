import { describe, expect, it } from 'vitest';
import { readTab, writeTab } from '../src/admin/kit/tab-search';

const TABS = ['overview', 'steps', 'history'] as const;

describe('the tab in an address', () => {
  it('is one there is, and nothing where one arrives anyhow', () => {
    expect(readTab(TABS, { tab: 'steps', q: 'x' })).toEqual({ tab: 'steps' });
    expect(readTab(TABS, { tab: 'overview' })).toEqual({});
    expect(readTab(TABS, { tab: 'secrets' })).toEqual({});
    expect(readTab(TABS, {})).toEqual({});
  });

  it('goes back into it as it was read', () => {
    for (const tab of TABS) expect(readTab(TABS, { ...writeTab(TABS, tab) })).toEqual(writeTab(TABS, tab));
    expect(writeTab(TABS, 'overview')).toEqual({});
    expect(writeTab(TABS, undefined)).toEqual({});
  });
});
