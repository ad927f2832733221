import { describe, expect, it } from 'vitest';
import { menuFor } from '../src/admin/app/menu';
import type { Permission } from '../src/admin/app/permissions';

function menu(permissions: Permission[], isPlatform = false) {
  const viewer = { tenant: { isPlatform } } as Parameters<typeof menuFor>[0]['viewer'];
  return menuFor({ viewer, can: (permission) => permissions.includes(permission) })
    .flatMap((group) => group.items)
    .map((item) => item.to.replace('/$slug', '') || '/');
}

describe('the menu', () => {
  it('of somebody without permissions has only the start page', () => {
    expect(menu([])).toEqual(['/']);
  });

  it('of an inspector shows markets and coverage, and nothing of people or trust', () => {
    expect(menu(['market.read', 'market.inspect'])).toEqual(['/', '/markets', '/coverage']);
  });

  it('of an audit administrator shows the audit alone', () => {
    expect(menu(['audit.read', 'audit.verify'])).toEqual(['/', '/audit']);
  });

  it('leads to the API keys both who makes them and who revokes those of others', () => {
    expect(menu(['apikey.manage'])).toEqual(['/', '/api-keys']);
    expect(menu(['apikey.revoke'])).toEqual(['/', '/api-keys']);
  });

  it('at the province shows the returns of the cities and no city pages', () => {
    const shown = menu(['province.read', 'market.read', 'return.read'], true);
    expect(shown).toEqual(['/', '/province', '/liaisons']);
  });
});
