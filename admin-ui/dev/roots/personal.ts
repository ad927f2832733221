import { type Ctx, daysFromNow, type MockAccount, type Row, refuse } from '../kit';
import { accountBy } from './people';

type Args = Record<string, unknown>;

/** Accounts closed and opened; personal values shown for a reason, handed out, erased. */
export const personalMutations = {
  disableAccount: ({ id: key, reason }: Args, ctx: Ctx) => {
    const a = accountBy(key) as MockAccount;
    if (a === ctx.account) return refuse('DisableAccount', 'SELF', '不能停用自己的账号，请请另一位管理员办理。');
    if (!reason) return refuse('DisableAccount', 'INVALID', '请写明停用的原因。', 'reason');
    return Object.assign(a, { status: 'DISABLED' });
  },
  enableAccount: ({ id: key }: Args) =>
    Object.assign(accountBy(key) as MockAccount, { status: 'ACTIVE', locked: false }),
  revealPersonalValue: ({ input }: Args) => {
    const i = input as Row;
    if (String(i.reason ?? '').trim().length < 4)
      return refuse(
        'RevealPersonalValue',
        'REASON_NEEDED',
        '请写明查看原因（4至200字），原因将记入审计日志。',
        'reason',
      );
    return { __typename: 'PersonalValue', field: i.field, value: 'lihongmei@taiyuan.example' };
  },
  exportPersonalData: ({ account: key }: Args, ctx: Ctx) => ({
    __typename: 'ExportedFile',
    url: `/${ctx.slug}/files/person.json`,
    fileName: `个人信息（${(accountBy(key) as MockAccount).username}）.json`,
    expiresAt: daysFromNow(0.01),
  }),
  erasePersonalData: ({ id: key }: Args) => {
    const a = accountBy(key) as MockAccount;
    if (a.status !== 'DISABLED') return refuse('ErasePersonalData', 'NOT_DISABLED', '请先由系统管理员停用该账号。');
    return Object.assign(a, { status: 'ERASED', displayName: '已删除用户', emailMasked: null, roles: [] });
  },
};
