import { daysFromNow, id, now, page, type Row, refuse } from '../kit';

type Args = Record<string, unknown>;
export type MockJob = Row & { id: string; status: string; progress: number; total: number };

export const jobs: MockJob[] = [
  {
    __typename: 'Job',
    id: 'job_1',
    kind: 'return.remind',
    title: '名录填报提醒',
    status: 'DONE',
    progress: 11,
    total: 11,
    attempts: 1,
    runAt: daysFromNow(-1),
    finishedAt: daysFromNow(-1),
    message: null,
    cancellable: false,
  },
  {
    __typename: 'Job',
    id: 'job_2',
    kind: 'mail.send',
    title: '发送邀请邮件',
    status: 'FAILED',
    progress: 0,
    total: 1,
    attempts: 5,
    runAt: daysFromNow(-2),
    finishedAt: daysFromNow(-2),
    message: '邮件服务器没有应答',
    cancellable: false,
  },
];

/** A job that moves on a little with every tick, so that progress can be seen. */
export function startJob(title: string, total: number, done: () => void, cancelled: () => void): MockJob {
  const job: MockJob = {
    __typename: 'Job',
    id: id('job'),
    kind: 'import.apply',
    title,
    status: 'RUNNING',
    progress: 0,
    total,
    attempts: 1,
    runAt: now(),
    finishedAt: null,
    message: null,
    cancellable: true,
  };
  jobs.unshift(job);
  const timer = setInterval(() => {
    if (job.status === 'CANCELLED') {
      clearInterval(timer);
      cancelled();
      return;
    }
    job.progress = Math.min(total, job.progress + Math.ceil(total / 12));
    if (job.progress >= total) {
      Object.assign(job, { status: 'DONE', finishedAt: now(), cancellable: false });
      clearInterval(timer);
      done();
    }
  }, 400);
  return job;
}

const OPERATIONS = [
  'signIn',
  'amendMarket',
  'listMarket',
  'applyDirectoryImport',
  'assignRole',
  'exportDirectory',
  'recordSafetyCheck',
  'freezeReturn',
];
const RESULTS = ['DONE', 'DONE', 'DONE', 'REFUSED', 'DONE', 'FORBIDDEN', 'DONE', 'DONE', 'FAILED'];
const entries: Row[] = Array.from({ length: 137 }, (_, i) => ({
  __typename: 'AuditEntry',
  id: `audit_${i}`,
  at: daysFromNow(-i * 0.13),
  actor: ['李红梅', '赵志强', '周慧', null][i % 4],
  operation: OPERATIONS[i % OPERATIONS.length],
  subjectType: i % 8 === 0 ? 'Session' : 'Market',
  subjectId: `market_${(i % 30) + 1}`,
  result: RESULTS[i % RESULTS.length],
  detail: i % 9 === 3 ? 'CONFLICT：版本已过期' : null,
  sealed: i > 1,
  seq: i > 1 ? 4213 - i : null,
  requestId: `req-${(900000 - i * 13).toString(36)}`,
}));
const status: Row = {
  __typename: 'AuditStatus',
  entries: 4213,
  sealedTo: 4211,
  lastCheckpointAt: daysFromNow(-0.02),
  verified: true,
  verifiedAt: daysFromNow(-0.3),
  firstBroken: null,
  removed: {
    before: '2023-01-01T00:00:00+08:00',
    removedAt: '2026-01-05T10:00:00+08:00',
    keptMonths: 36,
    seq: 118,
  },
};

const mail: Row[] = Array.from({ length: 9 }, (_, i) => ({
  __typename: 'MailMessage',
  id: `mail_${i}`,
  toMasked: `${['li', 'wa', 'zh'][i % 3]}***@taiyuan.example`,
  subject: ['名录填报提醒：还有 10 个工作日', '邀请您使用零工驿站', '安全检查即将到期'][i % 3],
  text: '您好：\n\n2026 年度零工市场名录应于 12 月 20 日前报省厅。请登录零工驿站核对后冻结并提交。\n\n太原市人力资源和社会保障局',
  status: i === 4 ? 'DEAD' : i === 2 ? 'RETRYING' : 'SENT',
  attempts: i === 4 ? 8 : i === 2 ? 3 : 1,
  queuedAt: daysFromNow(-i),
  sentAt: i === 4 || i === 2 ? null : daysFromNow(-i + 0.001),
  lastError: i === 4 ? '550 收件人不存在' : i === 2 ? '连接超时' : null,
}));

export const houseQueries = {
  auditEntries: (args: Args) => {
    const f = (args.filter ?? {}) as Row;
    return page(
      entries.filter(
        (e) =>
          (!f.operation || e.operation === f.operation) &&
          (!f.result || e.result === f.result) &&
          (!f.actor || String(e.actor ?? '').includes(f.actor as string)),
      ),
      args,
    );
  },
  auditStatus: () => status,
  jobs: (args: Args) => page(jobs, args),
  job: ({ id: key }: Args) => jobs.find((j) => j.id === key) ?? null,
  deadLetters: (args: Args) =>
    page(
      mail.filter((m) => m.status === 'DEAD'),
      args,
    ),
  mailbox: (args: Args) => page(mail, args),
};

export const houseMutations = {
  verifyAudit: () => Object.assign(status, { verified: true, verifiedAt: now() }),
  cancelJob: ({ id: key }: Args) => {
    const job = jobs.find((j) => j.id === key);
    if (job?.status !== 'RUNNING') return refuse('CancelJob', 'FINISHED', '任务已经结束，不能取消。');
    return Object.assign(job, { status: 'CANCELLED', cancellable: false, finishedAt: now() });
  },
  retryMail: ({ id: key }: Args) =>
    Object.assign(mail.find((m) => m.id === key) as Row, { status: 'SENT', sentAt: now(), lastError: null }),
};
