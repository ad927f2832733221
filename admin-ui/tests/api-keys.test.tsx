// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiKeys } from '../src/admin/people/api-keys';
import { stubLayout } from './layout';
import { shown } from './shown';

const session = vi.hoisted(() => ({ username: '', permissions: [] as string[] }));
vi.mock('../src/admin/app/session', () => ({
  useSession: () => ({
    can: (permission: string) => session.permissions.includes(permission),
    viewer: { account: { username: session.username } },
  }),
}));
vi.mock('@tanstack/react-router', () => ({ useRouter: () => ({ history: { length: 1 } }) }));

beforeAll(stubLayout);
afterEach(cleanup);

const key = (label: string, owner: string) => ({
  ...{ __typename: 'ApiKey', id: label, label, owner, prefix: 'yz_1', scopes: ['market.read'], origins: [] },
  ...{ expiresAt: null, lastUsedAt: null, revokedAt: null, createdAt: '2026-11-26T10:55:00+08:00' },
});

/** The page of somebody, over what the server would give them; answers which keys they revoke. */
async function show(username: string, permission: string, keys: ReturnType<typeof key>[]) {
  Object.assign(session, { username, permissions: [permission] });
  const revoked: string[] = [];
  const apiKeys = {
    totalCount: keys.length,
    pageInfo: { hasNextPage: false, endCursor: null },
    edges: keys.map((node) => ({ node })),
  };
  shown<{ id: string }>(<ApiKeys />, ({ operationName, variables }) => {
    if (operationName !== 'RevokeApiKey') return { apiKeys, apiScopes: ['market.read'] };
    revoked.push(variables.id);
    return { revokeApiKey: { __typename: 'ApiKey' } };
  });
  await screen.findByText(keys[0]?.label ?? '');
  return revoked;
}

const headings = () => screen.getAllByRole('columnheader').map((cell) => cell.textContent);
const lineOf = (label: string) => within(screen.getByText(label).closest('tr') as HTMLElement);

describe('the keys of front-end teams', () => {
  it('of a developer are their own: made and revoked here, without a column of owners', async () => {
    await show('developer', 'apikey.manage', [key('小程序', 'developer')]);
    expect(screen.getByRole('button', { name: '新建密钥' })).toBeDefined();
    expect(headings()).not.toContain('所有者');
    expect(lineOf('小程序').getByRole('button', { name: '作废密钥：小程序' })).toBeDefined();
  });

  it('of everybody are shown to the security administrator with their owners, who revokes them and makes none', async () => {
    const revoked = await show('secadmin', 'apikey.revoke', [key('小程序', 'developer'), key('公众号', 'wechat')]);
    expect(screen.queryByRole('button', { name: '新建密钥' })).toBeNull();
    expect(headings()).toContain('所有者');
    expect(lineOf('小程序').getByText('developer')).toBeDefined();
    lineOf('公众号').getByText('wechat');
    lineOf('公众号').getByRole('button', { name: '作废密钥：公众号' }).click();
    within(await screen.findByRole('tooltip'))
      .getByRole('button', { name: '作废' })
      .click();
    await waitFor(() => expect(revoked).toEqual(['公众号']));
  });

  it('of another are not to be revoked by whoever only makes keys', async () => {
    await show('developer', 'apikey.manage', [key('小程序', 'developer'), key('公众号', 'wechat')]);
    expect(lineOf('小程序').getByRole('button')).toBeDefined();
    expect(lineOf('公众号').queryByRole('button')).toBeNull();
  });
});
