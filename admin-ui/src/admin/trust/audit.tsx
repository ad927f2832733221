import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AuditDocument,
  type AuditQuery,
  type AuditResult,
  AuditStandingDocument,
  VerifyAuditDocument,
} from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { Subject } from './subject';

type Row = NonNullable<AuditQuery['auditEntries']>['edges'][number]['node'];
const TONES: Record<string, Tone> = { DONE: 'good', REFUSED: 'warn', FORBIDDEN: 'bad', FAILED: 'bad' };

interface Filter {
  operation?: string;
  actor?: string;
  result?: string;
  from?: string;
  to?: string;
}

/** Days are days in Shanghai; both ends are meant. */
const dayStart = (day: string | undefined) => (day ? `${day}T00:00:00+08:00` : null);
const dayEnd = (day: string | undefined) => (day ? `${day}T23:59:59.999+08:00` : null);

/** The few facts of a detail, without the signs of its notation. */
function told(detail: string | null): string {
  if (!detail) return '—';
  try {
    return Object.entries(JSON.parse(detail) as Record<string, unknown>)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join('; ');
  } catch {
    return detail;
  }
}

/** The audit (审计): every operation, sealed into a chain that can be checked. */
export function Audit() {
  const t = useT();
  const [filter, setFilter] = useState<Filter>({});
  const pages = usePages(JSON.stringify(filter));
  const variables = {
    first: PAGE_SIZE,
    after: pages.after,
    filter: {
      ...filter,
      result: (filter.result ?? null) as AuditResult | null,
      from: dayStart(filter.from),
      to: dayEnd(filter.to),
    },
  };
  const query = useQuery({ query: AuditDocument, variables });
  const set = (change: Filter) =>
    setFilter((f) => Object.fromEntries(Object.entries({ ...f, ...change }).filter(([, v]) => v)) as Filter);
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <Standing />
      <search className="filters gap">
        <div className="filter-grid">
          <Labelled text={t('audit.operation')}>
            {(id) => <Input.Search id={id} allowClear onSearch={(operation) => set({ operation: operation.trim() })} />}
          </Labelled>
          <Labelled text={t('audit.actor')}>
            {(id) => <Input.Search id={id} allowClear onSearch={(actor) => set({ actor: actor.trim() })} />}
          </Labelled>
          <Labelled text={t('audit.result')}>
            {(id) => (
              <TermSelect
                id={id}
                group="auditResult"
                values={['DONE', 'REFUSED', 'FAILED', 'FORBIDDEN']}
                value={filter.result}
                allowClear
                placeholder={t('choice.any')}
                onChange={(result) => set({ result: result ?? '' })}
              />
            )}
          </Labelled>
          <Labelled text={t('audit.from')}>
            {(id) => <Input id={id} type="date" onChange={(e) => set({ from: e.target.value })} />}
          </Labelled>
          <Labelled text={t('audit.to')}>
            {(id) => <Input id={id} type="date" onChange={(e) => set({ to: e.target.value })} />}
          </Labelled>
        </div>
      </search>
      <Paged query={query} pages={pages} of={(data) => data.auditEntries}>
        {(rows) => <Entries rows={rows} />}
      </Paged>
    </Page>
  );
}

function Standing() {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const query = useQuery({ query: AuditStandingDocument });
  const [verify, busy] = useAction(VerifyAuditDocument);
  const check = async () => {
    const outcome = await verify({});
    query[1]({ requestPolicy: 'network-only' });
    if (outcome.kind !== 'done' || outcome.value.verified) tell(outcome, t('audit.verifiedNow'));
  };
  return (
    <Loaded query={query}>
      {({ auditStatus: s }) =>
        s ? (
          <Alert
            className="gap"
            type={s.verified === false ? 'error' : s.verified ? 'success' : 'info'}
            showIcon
            title={
              s.verified === false
                ? t('audit.broken', { n: s.firstBroken ?? '?' })
                : s.verified
                  ? `✓ ${t('audit.verified')}`
                  : t('audit.unverified')
            }
            description={
              <>
                {t('audit.standing', {
                  entries: s.entries,
                  sealed: s.sealedTo,
                  checkpoint: format.dateTime(s.lastCheckpointAt),
                  at: format.dateTime(s.verifiedAt),
                })}
                {s.removed ? (
                  <div>
                    {t('audit.removed', {
                      before: format.date(s.removed.before),
                      at: format.date(s.removed.removedAt),
                      months: s.removed.keptMonths,
                    })}
                  </div>
                ) : null}
              </>
            }
            action={
              can('audit.verify') ? (
                <Button loading={busy} onClick={() => void check()}>
                  {t('audit.verify')}
                </Button>
              ) : undefined
            }
          />
        ) : null
      }
    </Loaded>
  );
}

function Entries({ rows }: { rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      size="small"
      scroll={{ x: 1120 }}
      locale={{ emptyText: <Nothing text={t('audit.none')} /> }}
      columns={[
        { title: t('audit.at'), width: 150, className: 'nowrap', render: (_, e) => format.dateTime(e.at) },
        { title: t('audit.actor'), width: 110, render: (_, e) => e.actor ?? t('audit.nobody') },
        {
          title: t('audit.operation'),
          render: (_, e) => (
            <>
              {e.title}
              <div className="soft">
                <code>{e.operation}</code>
              </div>
            </>
          ),
        },
        {
          title: t('audit.subject'),
          width: 170,
          render: (_, e) => <Subject type={e.subjectType} id={e.subjectId} />,
        },
        {
          title: t('audit.result'),
          width: 90,
          render: (_, e) => <Chip tone={TONES[e.result] ?? 'plain'}>{term('auditResult', e.result)}</Chip>,
        },
        { title: t('audit.detail'), render: (_, e) => told(e.detail) },
        {
          title: t('audit.seal'),
          className: 'nowrap',
          width: 110,
          render: (_, e) => (e.sealed ? `✓ ${t('audit.sealed', { seq: e.seq ?? '' })}` : t('audit.unsealed')),
        },
        {
          title: t('audit.request'),
          width: 130,
          render: (_, e) => (
            <span className="soft id" title={e.requestId ?? ''}>
              {e.requestId ?? '—'}
            </span>
          ),
        },
      ]}
    />
  );
}
