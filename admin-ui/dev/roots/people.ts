import { cities, cityBySlug } from '../data/places';
import { type Ctx, dayFromNow, daysFromNow, id, type MockAccount, now, page, type Row, refuse } from '../kit';

type Args = Record<string, unknown>;

const CITY =
  'market.read market.register market.amend market.list market.suspend market.resume market.delist market.arrange market.inspect market.contract market.annotate market.plan market.crowd import.check import.apply directory.export return.freeze return.unfreeze return.export return.submit return.schedule return.read account.read account.invite account.disable account.enable account.reset_totp account.reset_password account.reveal account.export account.erase invitation.reveal invitation.withdraw role.assign role.withdraw apikey.manage liaison.set liaison.read audit.read audit.verify job.read job.cancel mail.read mail.retry schema.read access.explain'.split(
    ' ',
  );
const PROVINCE =
  'province.read province.return province.accept province.deadline province.monitor province.export return.read account.read account.invite account.disable role.assign audit.read audit.verify job.read job.cancel mail.read mail.retry schema.read access.explain'.split(
    ' ',
  );

export const ROLES = [
  ['bureau-officer', '名录专员', 'Directory officer', null, CITY.slice(0, 16)],
  ['county-officer', '区县专员', 'County officer', null, CITY.slice(0, 9)],
  ['inspector', '安全检查员', 'Safety inspector', null, ['market.read', 'market.inspect']],
  [
    'system-admin',
    '系统管理员',
    'System administrator',
    'three-administrators',
    ['job.read', 'job.cancel', 'mail.read', 'mail.retry', 'apikey.manage', 'schema.read'],
  ],
  [
    'security-admin',
    '安全管理员',
    'Security administrator',
    'three-administrators',
    ['account.read', 'account.invite', 'account.disable', 'role.assign', 'access.explain'],
  ],
  ['audit-admin', '审计管理员', 'Audit administrator', 'three-administrators', ['audit.read', 'audit.verify']],
  ['market-operator', '市场运营方', 'Market operator', null, ['market.read', 'market.annotate']],
].map(([name, titleZh, titleEn, exclusiveGroup, actions]) => ({
  __typename: 'Role',
  name,
  titleZh,
  titleEn,
  title: titleZh,
  exclusiveGroup,
  actions,
})) as (Row & { name: string })[];

const role = (name: unknown) => ROLES.find((r) => r.name === name) ?? ROLES[0];
const holds = (
  name: string,
  scopeKind: string,
  scopeKey: string | null,
  scopeLabel: string,
  validUntil: string | null = null,
) => ({
  __typename: 'RoleAssignment',
  id: id('ra'),
  role: role(name),
  scopeKind,
  scopeKey,
  scopeLabel,
  validUntil,
  assignedAt: daysFromNow(-200),
});

function account(
  username: string,
  displayName: string,
  department: string | null,
  roles: Row[],
  extra: Row = {},
): MockAccount {
  return {
    __typename: 'Account',
    id: `account_${username}`,
    username,
    displayName,
    password: 'Yizhan-2026',
    emailMasked: `${username.slice(0, 2)}***@taiyuan.example`,
    department,
    staff: true,
    status: 'ACTIVE',
    totpEnabled: false,
    lastSignInAt: daysFromNow(-1),
    createdAt: daysFromNow(-300),
    version: 1,
    roles,
    permissions: CITY,
    ...extra,
  } as MockAccount;
}

export const accounts: MockAccount[] = [
  account('bureau', '李红梅', 'HRSS', [holds('bureau-officer', 'CITY', null, '太原市')]),
  account('totp', '赵志强', 'HRSS', [holds('system-admin', 'CITY', null, '太原市')], { totpEnabled: true }),
  account(
    'newcomer',
    '王小芳',
    'CIVIL_AFFAIRS',
    [holds('county-officer', 'COUNTY', '140106', '迎泽区', dayFromNow(120))],
    { mustEnrolTotp: true, mustChangePassword: true, lastSignInAt: null },
  ),
  account('locked', '孙立', 'HRSS', [holds('inspector', 'COUNTY', '140105', '小店区')], {
    locked: true,
    status: 'LOCKED',
  }),
  account('auditor', '周慧', 'FINANCE', [holds('audit-admin', 'CITY', null, '太原市')], {
    permissions: ['audit.read', 'audit.verify'],
  }),
  account('operator', '陈晓东', null, [holds('market-operator', 'MARKET', 'market_2', '坞城路零工驿站')], {
    permissions: ['market.read', 'market.annotate'],
    staff: false,
  }),
  account('sysadmin', '系统管理员', 'HRSS', [holds('system-admin', 'CITY', null, '太原市')]),
  account('secadmin', '安全管理员', 'HRSS', [holds('security-admin', 'CITY', null, '太原市')]),
  account('auditadmin', '审计管理员', 'HRSS', [holds('audit-admin', 'CITY', null, '太原市')]),
  account('developer', '前端开发者', null, []),
  account('gone', '刘伟', 'HOUSING', [], { status: 'DISABLED' }),
  account('province', '省厅 张敏', 'HRSS', [holds('bureau-officer', 'CITY', null, '山西省')], {
    permissions: PROVINCE,
  }),
];

const viewer = (a: MockAccount, ctx: Ctx) => ({
  account: a,
  permissions: a.permissions,
  mustEnrolTotp: a.mustEnrolTotp ?? false,
  mustChangePassword: a.mustChangePassword ?? false,
  session: sessions[0],
  tenant: cityBySlug(ctx.slug),
});

export const tokens = new Map<string, MockAccount>();

let sessions: Row[] = [
  {
    __typename: 'Session',
    id: 'session_1',
    createdAt: daysFromNow(-0.1),
    lastUsedAt: now(),
    expiresAt: daysFromNow(0.4),
    userAgent: 'Chromium 156 · Linux',
    ipMasked: '10.12.*.*',
    current: true,
  },
  {
    __typename: 'Session',
    id: 'session_2',
    createdAt: daysFromNow(-2),
    lastUsedAt: daysFromNow(-1),
    expiresAt: daysFromNow(1),
    userAgent: 'Edge 154 · Windows',
    ipMasked: '10.12.*.*',
    current: false,
  },
];
let invitations: Row[] = [
  {
    __typename: 'Invitation',
    id: 'inv_1',
    displayName: '杨帆',
    emailMasked: 'ya***@taiyuan.example',
    role: role('inspector'),
    scopeKind: 'COUNTY',
    scopeLabel: '杏花岭区',
    status: 'SENT',
    expiresAt: daysFromNow(5),
    createdAt: daysFromNow(-2),
  },
  {
    __typename: 'Invitation',
    id: 'inv_2',
    displayName: '马超',
    emailMasked: 'ma***@taiyuan.example',
    role: role('county-officer'),
    scopeKind: 'COUNTY',
    scopeLabel: '清徐县',
    status: 'EXPIRED',
    expiresAt: daysFromNow(-3),
    createdAt: daysFromNow(-10),
  },
];
const keys: Row[] = [
  {
    __typename: 'ApiKey',
    id: 'key_1',
    label: '政务公众号',
    prefix: 'yz_ty_8Kd2',
    scopes: ['directory.read'],
    origins: ['https://mp.taiyuan.example'],
    expiresAt: daysFromNow(200),
    lastUsedAt: daysFromNow(-0.01),
    revokedAt: null,
    createdAt: daysFromNow(-90),
  },
  {
    __typename: 'ApiKey',
    id: 'key_2',
    label: '测试小程序',
    prefix: 'yz_ty_p0Qx',
    scopes: ['directory.read', 'schema.read'],
    origins: [],
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: daysFromNow(-20),
    createdAt: daysFromNow(-120),
  },
];
let liaison: Row = {
  id: 'liaison_2',
  name: '李红梅',
  unit: '太原市人力资源和社会保障局',
  position: '就业促进科副科长',
  phone: '0351-4226666',
  email: 'jy@taiyuan.example',
  validFrom: daysFromNow(-150),
  validUntil: null,
  changedBy: '赵志强',
};
const liaisons: Row[] = [
  liaison,
  {
    ...liaison,
    id: 'liaison_1',
    name: '高建军',
    position: '科员',
    validFrom: daysFromNow(-700),
    validUntil: daysFromNow(-150),
    changedBy: '李红梅',
  },
];

export const accountBy = (key: unknown) => accounts.find((a) => a.id === key);

export const peopleQueries = {
  city: (_: Args, ctx: Ctx) => cityBySlug(ctx.slug),
  cities: () => cities.filter((c) => !c.isPlatform),
  me: (_: Args, ctx: Ctx) => (ctx.account ? viewer(ctx.account, ctx) : null),
  accounts: (args: Args) => {
    const f = (args.filter ?? {}) as { search?: string; status?: string; role?: string };
    return page(
      accounts.filter(
        (a) =>
          (!f.search || a.displayName.includes(f.search) || a.username.includes(f.search)) &&
          (!f.status || a.status === f.status) &&
          (!f.role || (a.roles as { role: Row }[]).some((r) => r.role.name === f.role)),
      ),
      args,
    );
  },
  account: ({ id: key }: Args) => accountBy(key) ?? null,
  roles: () => ROLES,
  invitations: (args: Args) => page(invitations, args),
  mySessions: () => sessions,
  apiKeys: (args: Args) => page(keys, args),
  apiScopes: () => ['directory.read', 'market.read', 'schema.read'],
  explainAccess: ({ accountId, action }: Args) => {
    const a = accountBy(accountId);
    const allowed = a?.permissions.includes(action as string) ?? false;
    return {
      allowed,
      reason: allowed ? '“名录专员”在“太原市”范围内有这项权限。' : '这个人的角色里没有这项权限。',
      decidedBy: allowed ? `p, bureau-officer, public, market, ${action}, allow` : null,
      roles: ((a?.roles ?? []) as { role: Row }[]).map((r) => r.role.name),
    };
  },
  liaison: () => liaison,
  liaisonHistory: () => liaisons,
};

export const peopleMutations = {
  signIn: ({ input }: Args, ctx: Ctx) => {
    const { username, password, totp } = input as Record<string, string | null>;
    const a = accounts.find((x) => x.username === username);
    if (a?.locked)
      return refuse('SignIn', 'LOCKED', '密码错得太多次，账号已锁定。请 30 分钟后再试，或请安全管理员解锁。');
    if (!a || a.password !== password)
      return refuse('SignIn', 'WRONG', '用户名或密码不对。再错 4 次账号会锁定。', 'password');
    if (a.totpEnabled && !totp)
      return { __typename: 'TotpRequired', message: '请打开手机上的动态口令应用，输入 6 位数字。' };
    if (a.totpEnabled && totp !== '123456')
      return refuse('SignIn', 'WRONG_TOTP', '动态口令不对或已过期，请输入新的 6 位数字。', 'totp');
    const token = id('token');
    tokens.set(token, a);
    return { __typename: 'SignedIn', token, viewer: viewer(a, ctx) };
  },
  signOut: (_: Args, ctx: Ctx) => {
    if (ctx.token) tokens.delete(ctx.token);
    return { __typename: 'SignedOut', done: true };
  },
  revokeSession: ({ id: key }: Args) => {
    const s = sessions.find((x) => x.id === key) as Row;
    sessions = sessions.filter((x) => x !== s);
    return s;
  },
  changePassword: ({ input }: Args, ctx: Ctx) => {
    const { current, new: next } = input as { current: string; new: string };
    if (current !== ctx.account?.password) return refuse('ChangePassword', 'WRONG', '现在的密码不对。', 'current');
    if (next.length < 10) return refuse('ChangePassword', 'WEAK', '新密码至少 10 个字符，要有字母和数字。', 'new');
    if (ctx.account) Object.assign(ctx.account, { mustChangePassword: false, password: next });
    return ctx.account;
  },
  beginTotpEnrolment: (_: Args, ctx: Ctx) => {
    const secret = 'JBSWY3DPEHPK3PXP';
    const uri = `otpauth://totp/Yizhan:${ctx.account?.username}?secret=${secret}&issuer=Yizhan`;
    return import('qrcode').then(async (qr) => ({
      __typename: 'TotpEnrolment',
      secret,
      uri,
      qrSvg: await qr.toString(uri, { type: 'svg', margin: 1 }),
    }));
  },
  confirmTotpEnrolment: ({ code }: Args, ctx: Ctx) => {
    if (code !== '123456')
      return refuse('ConfirmTotpEnrolment', 'WRONG', '动态口令不对，请看手机上最新的 6 位数字。', 'code');
    if (ctx.account) Object.assign(ctx.account, { mustEnrolTotp: false, totpEnabled: true });
    return ctx.account;
  },
  inviteAccount: ({ input }: Args) => {
    const i = input as Record<string, string>;
    if (!i.email?.includes('@')) return refuse('InviteAccount', 'INVALID', '邮箱地址不对。', 'email');
    const inv = {
      __typename: 'Invitation',
      id: id('inv'),
      displayName: i.displayName,
      emailMasked: `${i.email.slice(0, 2)}***@${i.email.split('@')[1]}`,
      role: role(i.role),
      scopeKind: i.scopeKind,
      scopeLabel: i.scopeKey ?? '太原市',
      status: 'SENT',
      expiresAt: daysFromNow(7),
      createdAt: now(),
    };
    invitations = [inv, ...invitations];
    return inv;
  },
  withdrawInvitation: ({ id: key }: Args) =>
    Object.assign(invitations.find((x) => x.id === key) as Row, { status: 'WITHDRAWN' }),
  acceptInvitation: ({ input }: Args) => {
    const i = input as Record<string, string>;
    if (i.token !== 'demo')
      return refuse('AcceptInvitation', 'EXPIRED', '这个邀请已过期或已用过，请联系发邀请的人重发。', 'token');
    return account(i.username ?? '', i.username ?? '', 'HRSS', []);
  },
  assignRole: ({ input }: Args) => {
    const i = input as Record<string, string>;
    const a = accountBy(i.accountId);
    if (!a) return refuse('AssignRole', 'INVALID', '没有这个账号。', 'accountId');
    if (
      i.role?.endsWith('-admin') &&
      (a.roles as { role: Row }[]).some((r) => r.role.exclusiveGroup && r.role.name !== i.role)
    )
      return refuse('AssignRole', 'EXCLUSIVE', '三员分立：一个人不能同时担任两种管理员。', 'role');
    (a.roles as Row[]).push(
      holds(i.role ?? '', i.scopeKind ?? 'CITY', i.scopeKey ?? null, i.scopeKey ?? '太原市', i.validUntil ?? null),
    );
    return a;
  },
  withdrawRole: ({ id: key }: Args) => {
    const a = accounts.find((x) => (x.roles as Row[]).some((r) => r.id === key)) as MockAccount;
    a.roles = (a.roles as Row[]).filter((r) => r.id !== key);
    return a;
  },
  resetPassword: ({ id: key }: Args) => {
    const a = accountBy(key) as MockAccount;
    Object.assign(a, { mustChangePassword: true, version: (a.version as number) + 1 });
    return { __typename: 'PasswordReset', account: a, oneTimePassword: 'Kx7-mP2q-Zt9w' };
  },
  resetTotp: ({ id: key }: Args) => Object.assign(accountBy(key) as MockAccount, { totpEnabled: false }),
  createApiKey: ({ input }: Args) => {
    const i = input as Row;
    const key = {
      __typename: 'ApiKey',
      id: id('key'),
      prefix: 'yz_ty_nEw1',
      lastUsedAt: null,
      revokedAt: null,
      createdAt: now(),
      ...i,
    };
    keys.unshift(key);
    return { __typename: 'ApiKeyCreated', key, secret: 'yz_ty_nEw1_3uVw9cQm2Zr8Lk5TnYb7Xd4Hs6Ga' };
  },
  revokeApiKey: ({ id: key }: Args) => Object.assign(keys.find((k) => k.id === key) as Row, { revokedAt: now() }),
  setLiaison: ({ input }: Args, ctx: Ctx) => {
    liaison.validUntil = now();
    liaison = {
      id: id('liaison'),
      __typename: 'Liaison',
      ...(input as Row),
      validFrom: now(),
      validUntil: null,
      changedBy: ctx.account?.displayName ?? null,
    };
    liaisons.unshift(liaison);
    return liaison;
  },
};
