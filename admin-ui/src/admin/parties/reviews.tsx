import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type PartyReviewFilter,
  PartyReviewQueueDocument,
  type PartyReviewQueueQuery,
  VerifyPartyDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { useStanding } from '../kit/standing';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { TabView } from '../kit/tabs';
import { YesNo } from '../kit/yes-no';
import { RejectDialog } from './dialogs';
import { RecheckList } from './rechecks';
import { ENUMS, type PartyReviewTab } from './search';

const route = getRouteApi('/$slug/party-reviews');
type Row = NonNullable<PartyReviewQueueQuery['partyReviews']>['edges'][number]['node'];

/** Registrations that wait to be decided, and the sampling checks of those that were. */
export function PartyReviews() {
  const t = useT();
  const { slug, can } = useSession();
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const shown = [
    ...(can('party.verify') ? [{ key: 'reviews' as const, label: t('partyReviews.waiting') }] : []),
    ...(can('party.recheck') ? [{ key: 'rechecks' as const, label: t('rechecks.title') }] : []),
  ];
  const active: PartyReviewTab = tab ?? shown[0]?.key ?? 'reviews';
  return (
    <Page title={t('partyReviews.title')} lead={t('partyReviews.lead')}>
      <TabView
        label={t('partyReviews.title')}
        tabs={shown}
        active={active}
        onChange={(key) =>
          void navigate({
            to: '/$slug/party-reviews',
            params: { slug },
            search: key === 'rechecks' ? { tab: key } : {},
            replace: true,
          })
        }
      >
        {active === 'rechecks' ? <RecheckList /> : <Queue />}
      </TabView>
    </Page>
  );
}

interface Chosen {
  kind?: string;
  place?: string;
  overdue?: boolean;
}

function Queue() {
  const t = useT();
  const [chosen, setChosen] = useState<Chosen>({});
  const filter: PartyReviewFilter = {
    kind: (chosen.kind as PartyReviewFilter['kind']) ?? null,
    county: chosen.place ?? null,
    overdue: chosen.overdue ?? null,
  };
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({
    query: PartyReviewQueueDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter },
  });
  const set = (change: Chosen) => setChosen({ ...chosen, ...change });
  return (
    <>
      <search className="filters">
        <div className="filter-grid">
          <Labelled text={t('parties.kind')}>
            {(id) => (
              <TermSelect
                id={id}
                group="partyKind"
                values={ENUMS.kind}
                value={chosen.kind}
                allowClear
                placeholder={t('choice.any')}
                onChange={(kind) => set({ kind })}
              />
            )}
          </Labelled>
          <Labelled text={t('review.overdue')}>
            {(id) => <YesNo id={id} value={chosen.overdue} onChange={(overdue) => set({ overdue })} />}
          </Labelled>
          <Labelled text={t('parties.county')}>
            {(id) => <DivisionPicker id={id} allowClear value={chosen.place} onChange={(place) => set({ place })} />}
          </Labelled>
        </div>
      </search>
      <Paged query={query} pages={pages} of={(data) => data.partyReviews}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('review.count', { n: total })}</span>
            </div>
            <QueueTable rows={rows} refetch={() => query[1]({ requestPolicy: 'network-only' })} />
          </>
        )}
      </Paged>
    </>
  );
}

function QueueTable({ rows, refetch }: { rows: Row[]; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug, can } = useSession();
  const [rejecting, setRejecting] = useState<string | null>(null);
  const row = rows.find(({ id }) => id === rejecting);
  return (
    <>
      <DataTable<Row>
        rowKey="id"
        aria-label={t('partyReviews.waiting')}
        dataSource={rows}
        scroll={{ x: 980 }}
        locale={{ emptyText: <Nothing text={t('partyReviews.none')} /> }}
        columns={[
          {
            title: t('parties.name'),
            render: (_, { party: p }) => (
              <>
                <Link to="/$slug/parties/$id" params={{ slug, id: p.id }} search={{ tab: 'steps' }} className="strong">
                  {p.displayName}
                </Link>
                <div className="soft">{[p.countyName, p.marketName].filter(Boolean).join(' · ')}</div>
              </>
            ),
          },
          { title: t('parties.kind'), render: (_, { party: p }) => term('partyKind', p.kind) },
          { title: t('partyReviews.since'), className: 'nowrap', render: (_, r) => format.dateTime(r.openedAt) },
          {
            title: t('review.due'),
            render: (_, r) => (
              <>
                <Chip tone={r.overdue ? 'bad' : 'plain'}>
                  {format.dateTime(r.dueAt)}
                  {r.overdue ? ` ${t('postings.overdue')}` : ''}
                </Chip>
                <div className="soft">{t('partyReviews.target', { n: r.targetMinutes })}</div>
              </>
            ),
          },
          {
            title: t('partyReviews.missing'),
            render: (_, { party: p }) =>
              p.missingSteps?.length ? (
                format.list(p.missingSteps.map((step) => term('partyStep', step)))
              ) : (
                <Chip tone="good">{t('partyReviews.complete')}</Chip>
              ),
          },
          ...(can('party.verify')
            ? [
                {
                  title: t('parts.actions'),
                  key: 'actions',
                  render: (_: unknown, r: Row) => (
                    <Decide row={r} onReject={() => setRejecting(r.id)} refetch={refetch} />
                  ),
                },
              ]
            : []),
        ]}
      />
      {row ? <RejectDialog party={row.party} onClose={() => setRejecting(null)} refetch={refetch} /> : null}
    </>
  );
}

interface DecideProps {
  row: Row;
  onReject: () => void;
  refetch: () => void;
}

function Decide({ row: { party }, onReject, refetch }: DecideProps) {
  const t = useT();
  const tell = useTell();
  const standing = useStanding('partyStatus');
  const { slug } = useSession();
  const [verify, busy] = useAction(VerifyPartyDocument);
  const way = (
    <Link to="/$slug/parties/$id" params={{ slug, id: party.id }} search={{ tab: 'steps' }}>
      {t('partyReviews.toSteps')}
    </Link>
  );
  return (
    <div className="actions">
      <Button
        size="small"
        type="primary"
        loading={busy}
        aria-label={t('partyReviews.verifyOne', { name: party.displayName })}
        onClick={() =>
          void verify({ id: party.id, version: party.version }).then((outcome) => {
            tell(standing<unknown>(outcome), t('parties.isVerified'), way);
            refetch();
          })
        }
      >
        {t('parties.verify')}
      </Button>
      <Button
        size="small"
        danger
        aria-label={t('partyReviews.rejectOne', { name: party.displayName })}
        onClick={onReject}
      >
        {t('parties.reject')}
      </Button>
    </div>
  );
}
