import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { type PostingRowFragment, PostingsDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { PostingFilters } from './filters';
import { PrintList, PrintMarketList } from './print';
import { type PostingSearch, toPostingFilter } from './search';
import { PostingStatusTag, useSpan, useWage } from './words';

const route = getRouteApi('/$slug/postings');

/** The postings within reach with every filter; what is chosen stands in the address. */
export function PostingList() {
  const t = useT();
  const term = useTerm();
  const { slug } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const pages = usePages(JSON.stringify(search));
  const order = search.order ?? 'UPDATED_AT';
  const query = useQuery({
    query: PostingsDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter: toPostingFilter(search), orderBy: order },
  });
  const go = (next: PostingSearch) =>
    void navigate({ to: '/$slug/postings', params: { slug }, search: next, replace: true });
  return (
    <Page title={t('postings.title')} lead={t('postings.lead')} actions={<Actions />}>
      <PostingFilters search={search} onChange={go} />
      <Paged query={query} pages={pages} of={(data) => data.postings}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('postings.count', { n: total })}</span>
              <Select
                aria-label={t('markets.order')}
                value={order}
                onChange={(next) => go({ ...search, order: next })}
                options={(['UPDATED_AT', 'START'] as const).map((value) => ({
                  value,
                  label: term('postingOrder', value),
                }))}
                popupMatchSelectWidth={false}
              />
            </div>
            <PostingTable rows={rows} empty={t('postings.none')} />
          </>
        )}
      </Paged>
    </Page>
  );
}

function Actions() {
  const t = useT();
  const { slug, can } = useSession();
  return (
    <>
      {can('channel.manage') ? <PrintList /> : can('channel.print') ? <PrintMarketList /> : null}
      <LinkButton to="/$slug/postings/figures" params={{ slug }}>
        {t('standards.title')}
      </LinkButton>
      {can('posting.create') ? (
        <LinkButton to="/$slug/postings/new" params={{ slug }} look="primary" icon={<PlusOutlined />}>
          {t('postings.new')}
        </LinkButton>
      ) : null}
    </>
  );
}

interface TableProps {
  rows: PostingRowFragment[];
  empty: string;
}

export function PostingTable({ rows, empty }: TableProps) {
  const t = useT();
  const { slug } = useSession();
  const wage = useWage();
  const span = useSpan();
  return (
    <DataTable<PostingRowFragment>
      rowKey="id"
      dataSource={rows}
      size="middle"
      scroll={{ x: 980 }}
      locale={{ emptyText: <Nothing text={empty} /> }}
      columns={[
        {
          title: t('postings.col.title'),
          width: 190,
          render: (_, p) => (
            <>
              <Link to="/$slug/postings/$id" params={{ slug, id: p.id }} className="strong">
                {p.title}
              </Link>
              <div className="soft">{p.trade?.name}</div>
            </>
          ),
        },
        { title: t('postings.col.status'), width: 96, render: (_, p) => <Standing posting={p} /> },
        {
          title: t('postings.col.party'),
          width: 150,
          render: (_, p) => (
            <>
              {p.partyName}
              {p.agency ? <div className="soft">{p.agency.name}</div> : null}
            </>
          ),
        },
        {
          title: t('postings.col.place'),
          width: 200,
          render: (_, p) => (
            <>
              {p.place}
              <div className="soft">{[p.county.name, p.marketName].filter(Boolean).join(' · ')}</div>
            </>
          ),
        },
        { title: t('postings.col.time'), width: 150, render: (_, p) => span(p) },
        { title: t('postings.col.wage'), width: 120, render: (_, p) => wage(p) },
        {
          title: t('postings.col.places'),
          width: 80,
          className: 'nowrap',
          render: (_, p) => t('postings.places', { left: p.placesLeft, n: p.headcount }),
        },
      ]}
    />
  );
}

/** Its state, and what somebody should know of it at a glance. */
function Standing({ posting: p }: { posting: PostingRowFragment }) {
  const t = useT();
  return (
    <div className="chips">
      <PostingStatusTag status={p.status} />
      {p.stale ? <Chip tone="warn">{t('postings.stale')}</Chip> : null}
      {p.reviewOverdue ? <Chip tone="bad">{t('postings.overdue')}</Chip> : null}
      {p.agency && !p.agency.licenceValid ? <Chip tone="bad">{t('postings.licenceBad')}</Chip> : null}
    </div>
  );
}
