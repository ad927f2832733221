import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { CaseKindsDocument, type CaseRowFragment, CasesDocument } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { CASE_STATUSES, type CaseSearch, toCaseFilter } from './search';

const route = getRouteApi('/$slug/cases');
export const CASE_TONES: Record<string, Tone> = { RECEIVED: 'warn', ACCEPTED: 'busy', DECIDED: 'good' };

/** Cases (办件) within reach and one's own, the first due first. */
export function CaseList() {
  const t = useT();
  const { slug } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const filter = toCaseFilter(search);
  const orderBy = search.order ?? 'DUE_ON';
  const pages = usePages(JSON.stringify(search));
  const query = useQuery({
    query: CasesDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter, orderBy },
  });
  const set = (change: Partial<Record<keyof CaseSearch, string | undefined>>) =>
    void navigate({
      to: '/$slug/cases',
      params: { slug },
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, v]) => v)) as CaseSearch,
      replace: true,
    });
  return (
    <Page title={t('cases.title')} lead={t('cases.lead')}>
      <CaseFilters search={search} set={set} />
      <Paged query={query} pages={pages} of={(data) => data.cases}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('cases.count', { n: total })}</span>
              <Order value={orderBy} onChange={(order) => set({ order: order === 'DUE_ON' ? undefined : order })} />
            </div>
            <CaseTable rows={rows} />
          </>
        )}
      </Paged>
    </Page>
  );
}

function Order({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT();
  const term = useTerm();
  return (
    <Select<string>
      aria-label={t('cases.order')}
      value={value}
      onChange={onChange}
      options={['DUE_ON', 'OPENED_AT'].map((one) => ({ value: one, label: term('caseOrder', one) }))}
      popupMatchSelectWidth={false}
    />
  );
}

interface FilterProps {
  search: CaseSearch;
  set: (change: Partial<Record<keyof CaseSearch, string | undefined>>) => void;
}

function CaseFilters({ search, set }: FilterProps) {
  const t = useT();
  const [{ data }] = useQuery({ query: CaseKindsDocument });
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('cases.status')}>
          {(id) => (
            <TermSelect
              id={id}
              group="case"
              values={CASE_STATUSES}
              value={search.status}
              allowClear
              placeholder={t('choice.any')}
              onChange={(status) => set({ status })}
            />
          )}
        </Labelled>
        <Labelled text={t('cases.kind')}>
          {(id) => (
            <Select<string>
              id={id}
              allowClear
              placeholder={t('choice.any')}
              {...(search.kind ? { value: search.kind } : {})}
              onChange={(kind) => set({ kind })}
              options={(data?.caseKinds ?? []).map(({ code, title }) => ({ value: code, label: title }))}
              style={{ width: '100%' }}
            />
          )}
        </Labelled>
        <Labelled text={t('cases.mine')}>
          {(id) => (
            <TermSelect
              id={id}
              group="cases.mine"
              values={['mine', 'offered', 'late']}
              value={search.which}
              allowClear
              placeholder={t('choice.any')}
              onChange={(which) => set({ which })}
            />
          )}
        </Labelled>
      </div>
    </search>
  );
}

/** By when, with its mark: yellow where a working day is left, red where it is late. */
export function Due({ of: c }: { of: CaseRowFragment }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <span className="nowrap">{format.date(c.dueOn)}</span>{' '}
      {c.overdue || c.breachedAt ? (
        <Chip tone="bad">{t('cases.late')}</Chip>
      ) : c.warnedAt && c.status !== 'DECIDED' ? (
        <Chip tone="warn">{t('cases.warned')}</Chip>
      ) : null}
    </>
  );
}

function CaseTable({ rows }: { rows: CaseRowFragment[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  return (
    <DataTable<CaseRowFragment>
      rowKey="id"
      aria-label={t('cases.title')}
      dataSource={rows}
      scroll={{ x: 860 }}
      locale={{ emptyText: <Nothing text={t('cases.none')} /> }}
      columns={[
        {
          title: t('cases.reference'),
          className: 'nowrap',
          render: (_, c) => (
            <Link to="/$slug/cases/$id" params={{ slug, id: c.id }} className="strong">
              {c.reference}
            </Link>
          ),
        },
        { title: t('cases.kind'), render: (_, c) => c.kind?.title ?? c.kindCode },
        { title: t('cases.subject'), render: (_, c) => c.subject.title ?? '—' },
        {
          title: t('cases.status'),
          render: (_, c) => <Chip tone={CASE_TONES[c.status] ?? 'plain'}>{term('case', c.status)}</Chip>,
        },
        {
          title: t('cases.owner'),
          render: (_, c) => (
            <>
              {c.owner?.name ?? t('cases.nobody')}
              {c.offeredTo ? <div className="soft">{t('cases.offeredTo', { name: c.offeredTo.name })}</div> : null}
            </>
          ),
        },
        { title: t('cases.due'), render: (_, c) => <Due of={c} /> },
        { title: t('cases.opened'), className: 'nowrap', render: (_, c) => format.dateTime(c.openedAt) },
      ]}
    />
  );
}
