import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { AgenciesDocument, type AgencyRowFragment, type LicenceState } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { Labelled } from '../kit/labelled';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { YesNo } from '../kit/yes-no';
import { type AgencySearch, STATES, toAgencyFilter } from './search';
import { Expiry, LicenceTag, ReportDue } from './tags';

const route = getRouteApi('/$slug/agencies');

/** Licensed agencies (人力资源服务机构) within reach: how each licence stands, and until when. */
export function AgencyList() {
  const t = useT();
  const { slug } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const pages = usePages(JSON.stringify(search));
  const query = useQuery({
    query: AgenciesDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter: toAgencyFilter(search) },
  });
  const go = (next: AgencySearch) =>
    void navigate({ to: '/$slug/agencies', params: { slug }, search: next, replace: true });
  return (
    <Page title={t('agencies.title')} lead={t('agencies.lead')} actions={<Actions />}>
      <Filters search={search} onChange={go} />
      <Paged query={query} pages={pages} of={(data) => data.agencies}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('agencies.count', { n: total })}</span>
            </div>
            <AgencyTable rows={rows} />
          </>
        )}
      </Paged>
    </Page>
  );
}

function Actions() {
  const t = useT();
  const { slug, can, viewer } = useSession();
  return (
    <>
      {can('agency.parameters') && !viewer.tenant.isPlatform ? (
        <LinkButton to="/$slug/agencies/parameters" params={{ slug }}>
          {t('agencyParameters.title')}
        </LinkButton>
      ) : null}
      {can('agency.register') ? (
        <LinkButton to="/$slug/agencies/new" params={{ slug }} look="primary" icon={<PlusOutlined />}>
          {t('agencies.register')}
        </LinkButton>
      ) : null}
    </>
  );
}

function Filters({ search, onChange }: { search: AgencySearch; onChange: (search: AgencySearch) => void }) {
  const t = useT();
  const set = (change: Record<string, unknown>) =>
    onChange(Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)));
  const n = Object.keys(search).length;
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('agencies.filter.q')}>
          {(id) => (
            <Input.Search
              id={id}
              key={search.q ?? ''}
              defaultValue={search.q ?? ''}
              allowClear
              onSearch={(q) => set({ q: q.trim() })}
            />
          )}
        </Labelled>
        <Labelled text={t('agencies.licenceState')}>
          {(id) => (
            <TermSelect
              id={id}
              group="licenceState"
              values={STATES}
              value={search.state}
              allowClear
              placeholder={t('choice.any')}
              onChange={(state) => set({ state: state as LicenceState | undefined })}
            />
          )}
        </Labelled>
        <Labelled text={t('agencies.filter.before')}>
          {(id) => (
            <Input id={id} type="date" value={search.before ?? ''} onChange={(e) => set({ before: e.target.value })} />
          )}
        </Labelled>
        <Labelled text={t('agencies.filter.registered')}>
          {(id) => (
            <YesNo
              id={id}
              value={search.registered === undefined ? undefined : search.registered === 'yes'}
              onChange={(value) => set({ registered: value === undefined ? undefined : value ? 'yes' : 'no' })}
            />
          )}
        </Labelled>
        <Labelled text={t('agencies.county')}>
          {(id) => <DivisionPicker id={id} allowClear value={search.place} onChange={(place) => set({ place })} />}
        </Labelled>
      </div>
      {n > 0 ? (
        <div className="filter-bar">
          <Button type="link" onClick={() => onChange({})}>
            {t('markets.filter.clear', { n })}
          </Button>
        </div>
      ) : null}
    </search>
  );
}

function AgencyTable({ rows }: { rows: AgencyRowFragment[] }) {
  const t = useT();
  const { slug } = useSession();
  return (
    <DataTable<AgencyRowFragment>
      rowKey="id"
      aria-label={t('agencies.title')}
      dataSource={rows}
      size="middle"
      scroll={{ x: 900 }}
      locale={{ emptyText: <Nothing text={t('agencies.none')} /> }}
      columns={[
        {
          title: t('agencies.name'),
          width: 260,
          render: (_, a) => (
            <>
              <Link to="/$slug/agencies/$id" params={{ slug, id: a.id }} className="strong">
                {a.name}
              </Link>
              <div className="soft">{a.licenceNo}</div>
            </>
          ),
        },
        { title: t('agencies.licenceState'), width: 120, render: (_, a) => <LicenceTag state={a.licenceState} /> },
        { title: t('agencies.expiresOn'), width: 190, render: (_, a) => <Expiry agency={a} /> },
        { title: t('agencies.county'), width: 120, render: (_, a) => a.countyName ?? '—' },
        {
          title: t('agencies.registered'),
          width: 130,
          render: (_, a) =>
            a.registeredHere ? (
              t('agencies.here')
            ) : a.registeredIn ? (
              t('agencies.elsewhere')
            ) : (
              <Chip tone="warn">{t('agencies.heardOf')}</Chip>
            ),
        },
        { title: t('agencies.annualReport'), render: (_, a) => <ReportDue agency={a} /> },
      ]}
    />
  );
}
