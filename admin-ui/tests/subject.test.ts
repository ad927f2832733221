import { describe, expect, it } from 'vitest';
import type { Permission } from '../src/admin/app/permissions';
import { pageOf } from '../src/admin/trust/subject';

function page(type: string, permissions: Permission[], isPlatform = false) {
  const viewer = { tenant: { isPlatform } } as Parameters<typeof pageOf>[1]['viewer'];
  return pageOf(type, { viewer, can: (permission) => permissions.includes(permission) });
}

describe('what an entry of the audit is about', () => {
  it('leads to its page for whoever may open that', () => {
    expect(page('Account', ['audit.read', 'account.read'])).toBe('/$slug/accounts/$id');
    expect(page('Market', ['market.read'])).toBe('/$slug/markets/$id');
    expect(page('DirectoryImport', ['import.apply'])).toBe('/$slug/imports/$id');
    expect(page('Liaison', ['liaison.read'])).toBe('/$slug/liaison');
  });

  it('leads nowhere for whoever may not, and at the province to no page of a city', () => {
    expect(page('Account', ['audit.read', 'market.read'])).toBeNull();
    expect(page('Market', ['audit.read', 'account.read'])).toBeNull();
    expect(page('Market', ['market.read'], true)).toBeNull();
  });

  it('leads nowhere where it has no page of its own, or is of a kind that these pages do not know', () => {
    const all: Permission[] = ['account.read', 'market.read', 'apikey.manage'];
    expect([page('ApiKey', all), page('Ticket', all), page('toString', all)]).toEqual([null, null, null]);
  });
});
