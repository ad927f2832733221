import { randomBytes } from 'node:crypto';

/** What a resolver of the mock may know of a request. */
export interface Ctx {
  slug: string;
  language: 'zh-CN' | 'en';
  account: MockAccount | null;
  token: string | null;
}

export interface MockAccount {
  id: string;
  username: string;
  displayName: string;
  password: string;
  permissions: string[];
  totpEnabled: boolean;
  mustEnrolTotp?: boolean;
  mustChangePassword?: boolean;
  locked?: boolean;
  [field: string]: unknown;
}

export type Row = Record<string, unknown>;

export function page<T>(list: T[], args: { first?: number | null; after?: string | null }) {
  const start = args.after ? Number(args.after) + 1 : 0;
  const end = Math.min(list.length, start + (args.first ?? 20));
  return {
    totalCount: list.length,
    edges: list.slice(start, end).map((node, i) => ({ cursor: String(start + i), node })),
    pageInfo: {
      hasNextPage: end < list.length,
      hasPreviousPage: start > 0,
      startCursor: String(start),
      endCursor: String(end - 1),
    },
  };
}

export function refuse(operation: string, code: string, message: string, field: string | null = null, extra: Row = {}) {
  return { __typename: `${operation}Refused`, code: code === 'CONFLICT' ? code : 'INVALID', message, field, ...extra };
}

export const id = (kind: string) => `${kind}_${randomBytes(6).toString('base64url')}`;
export const now = () => new Date().toISOString().replace('Z', '+00:00');
export const daysFromNow = (days: number) => new Date(Date.now() + days * 864e5).toISOString();
export const dayFromNow = (days: number) => daysFromNow(days).slice(0, 10);
